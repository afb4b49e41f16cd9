/** Settings as beans and as configuration of Quarkus. */
@NullMarked
package io.sluice.runtime.settings;

import org.jspecify.annotations.NullMarked;
