package io.sluice.chaos;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * A small image with discs; client and number determine each of its bytes, and no other image has them.
 *
 * @param client number of the client that uploads it
 * @param number of the image, from 1 on
 */
record RenderedImage(int client, int number) {

    private static final int CELL = 80;
    private static final int COLUMNS = 4;
    private static final int LEAST_RADIUS = 20;
    private static final int RADII = 15;

    /** Number of discs in it. */
    int discs() {
        return 1 + number % COLUMNS;
    }

    /** The image in the format PNG. */
    byte[] png() {
        BufferedImage image = new BufferedImage(COLUMNS * CELL, CELL, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.DARK_GRAY);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setColor(Color.LIGHT_GRAY);
        for (int disc = 0; disc < discs(); disc++) {
            int radius = LEAST_RADIUS + (number + disc) % RADII;
            graphics.fillOval(disc * CELL + CELL / 2 - radius, CELL / 2 - radius, 2 * radius, 2 * radius);
        }
        graphics.dispose();
        // Colours that tell one image from all others.
        image.setRGB(0, 0, client);
        image.setRGB(1, 0, number);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }
}
