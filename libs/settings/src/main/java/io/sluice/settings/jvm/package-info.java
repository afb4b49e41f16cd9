/** The JVM that a program runs in. */
@NullMarked
package io.sluice.settings.jvm;

import org.jspecify.annotations.NullMarked;
