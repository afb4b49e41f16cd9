/** Topics and consumer groups, as the broker knows them. */
@NullMarked
package io.sluice.runtime.kafka;

import org.jspecify.annotations.NullMarked;
