/** Images of the caller. */
@NullMarked
package io.sluice.api.images;

import org.jspecify.annotations.NullMarked;
