/** How much one caller may ask for. */
@NullMarked
package io.sluice.api.ratelimit;

import org.jspecify.annotations.NullMarked;
