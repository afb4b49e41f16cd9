/** Trying until it works: what is waited for, for how long, and whether anything turns over meanwhile. */
@NullMarked
package io.sluice.consumer.waiting;

import org.jspecify.annotations.NullMarked;
