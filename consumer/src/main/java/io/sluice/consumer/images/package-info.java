/** Images: counts what was found in them, from their events. */
@NullMarked
package io.sluice.consumer.images;

import org.jspecify.annotations.NullMarked;
