package io.sluice.benchmarks.images;

import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Supplier;

/**
 * An image and what is to be found in it.
 *
 * @param image made when it is asked for
 * @param boxes around each circle, also around what of it is outside of the image
 */
public record LabelledImage(Supplier<BufferedImage> image, List<Rectangle2D> boxes) {}
