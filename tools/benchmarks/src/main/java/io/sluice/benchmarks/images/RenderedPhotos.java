package io.sluice.benchmarks.images;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** JPEG files of 12 megapixels with discs and the noise of a sensor, as a telephone's camera makes them; each another one. */
public final class RenderedPhotos {

    private static final int WIDTH = 4_000;
    private static final int HEIGHT = 3_000;
    private static final int DISCS = 30;
    private static final int LEAST_RADIUS = 80;
    private static final int RADII = 220;
    private static final double NOISE = 3;
    private static final float QUALITY = 0.9f;

    private final Random random;
    private final boolean progressive;
    private final BufferedImage photo;

    /** Photos that follow from a seed. */
    public RenderedPhotos(long seed, boolean progressive) {
        this.random = new Random(seed);
        this.progressive = progressive;
        this.photo = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = photo.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, new Color(90, 80, 70), WIDTH, HEIGHT, new Color(140, 130, 120)));
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.dispose();
        for (int disc = 0; disc < DISCS; disc++) {
            drawDisc();
        }
        addNoise();
    }

    private void drawDisc() {
        Graphics2D graphics = photo.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        int radius = LEAST_RADIUS + random.nextInt(RADII);
        graphics.setColor(new Color(150 + random.nextInt(90), 150 + random.nextInt(80), 110 + random.nextInt(80)));
        graphics.fillOval(
                random.nextInt(WIDTH - 2 * radius), random.nextInt(HEIGHT - 2 * radius), 2 * radius, 2 * radius);
        graphics.dispose();
    }

    private void addNoise() {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int rgb = photo.getRGB(x, y);
                int noise = (int) Math.round(random.nextGaussian() * NOISE);
                photo.setRGB(
                        x,
                        y,
                        level((rgb >> 16 & 0xff) + noise) << 16
                                | level((rgb >> 8 & 0xff) + noise) << 8
                                | level((rgb & 0xff) + noise));
            }
        }
    }

    private static int level(int value) {
        return Math.max(0, Math.min(255, value));
    }

    /** The next photo: one disc more than the one before. */
    public byte[] next() throws IOException {
        drawDisc();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            parameters.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(out);
            writer.write(null, new IIOImage(photo, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
