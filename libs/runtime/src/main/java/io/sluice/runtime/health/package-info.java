/** Checks that health answers are made of. */
@NullMarked
package io.sluice.runtime.health;

import org.jspecify.annotations.NullMarked;
