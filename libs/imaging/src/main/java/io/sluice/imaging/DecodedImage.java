package io.sluice.imaging;

import java.awt.image.BufferedImage;

/**
 * An image as it is seen: upright, opaque, in sRGB with 8 bits a channel, and often smaller than it was.
 *
 * @param pixels of type {@link BufferedImage#TYPE_INT_RGB}
 * @param width of the original when it is upright, in pixels
 * @param height of the same
 * @param scale pixels of the original for one of these, along both axes; at least 1
 */
public record DecodedImage(BufferedImage pixels, int width, int height, double scale) {

    /** The same with no side longer than this; itself if it is so small already. */
    public DecodedImage shrunk(int maxSide) {
        double factor = Shrink.factor(pixels, maxSide);
        return factor > 1 ? new DecodedImage(Shrink.by(factor, pixels), width, height, scale * factor) : this;
    }
}
