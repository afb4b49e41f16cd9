/** Images: what is found in them, and the pictures that show it. */
@NullMarked
package io.sluice.worker.images;

import org.jspecify.annotations.NullMarked;
