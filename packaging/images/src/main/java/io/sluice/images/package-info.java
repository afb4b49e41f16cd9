/** Container images of the three programs: what is in them, and where they are written to. */
@NullMarked
package io.sluice.images;

import org.jspecify.annotations.NullMarked;
