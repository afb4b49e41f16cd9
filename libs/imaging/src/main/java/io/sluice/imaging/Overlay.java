package io.sluice.imaging;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures of what has been found, as PNG. */
public final class Overlay {

    /** Longest side of a picture with circles drawn in, in pixels: enough for a screen, whatever the photo has. */
    public static final int MAX_SIDE = 1280;

    private static final Color RIM = new Color(0x00e676);
    private static final Color AROUND = Color.BLACK;

    private Overlay() {}

    /**
     * Writes the image with the circles drawn in, numbered from 1 in their order.
     *
     * @param image as large as the picture shall be, but no side longer than {@value #MAX_SIDE}
     * @param circles in pixels of the original
     * @param out stays open
     */
    public static void write(DecodedImage image, List<Circle> circles, OutputStream out) throws IOException {
        DecodedImage shrunk = image.shrunk(MAX_SIDE);
        // A copy, because the image is not to be drawn into.
        BufferedImage picture = Shrink.by(1, shrunk.pixels());
        Graphics2D graphics = graphics(picture);
        float stroke = Math.max(2, Math.max(picture.getWidth(), picture.getHeight()) / 400f);
        List<Circle> shown = circles.stream()
                .map(circle -> circle.scaled(1 / shrunk.scale()))
                .toList();
        for (Circle circle : shown) {
            ring(graphics, circle, AROUND, 2 * stroke);
            ring(graphics, circle, RIM, stroke);
        }
        for (int i = 0; i < shown.size(); i++) {
            Digits.draw(graphics, i + 1, shown.get(i), Math.round(stroke));
        }
        graphics.dispose();
        writePng(picture, out);
    }

    /**
     * Writes a mask of the original's size, one bit a pixel: white within a circle, black elsewhere.
     *
     * @param image whose original's size the mask gets
     * @param circles in pixels of the original
     * @param out stays open
     */
    public static void writeMask(DecodedImage image, List<Circle> circles, OutputStream out) throws IOException {
        BufferedImage mask = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_BINARY);
        Graphics2D graphics = mask.createGraphics();
        graphics.setColor(Color.WHITE);
        circles.forEach(circle -> graphics.fill(disc(circle)));
        graphics.dispose();
        writePng(mask, out);
    }

    private static Graphics2D graphics(BufferedImage picture) {
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return graphics;
    }

    private static void ring(Graphics2D graphics, Circle circle, Color color, float width) {
        graphics.setColor(color);
        graphics.setStroke(new BasicStroke(width));
        graphics.draw(disc(circle));
    }

    private static Ellipse2D disc(Circle circle) {
        return new Ellipse2D.Double(
                circle.x() - circle.radius(), circle.y() - circle.radius(), 2 * circle.radius(), 2 * circle.radius());
    }

    private static void writePng(BufferedImage picture, OutputStream out) throws IOException {
        try (ImageOutputStream png = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(picture, "png", png);
        }
    }
}
