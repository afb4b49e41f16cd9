/** Threads that programs have besides those of the framework. */
@NullMarked
package io.sluice.runtime.threads;

import org.jspecify.annotations.NullMarked;
