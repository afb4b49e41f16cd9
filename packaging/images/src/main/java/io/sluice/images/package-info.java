/** Builds the container images of the programs. */
@NullMarked
package io.sluice.images;

import org.jspecify.annotations.NullMarked;
