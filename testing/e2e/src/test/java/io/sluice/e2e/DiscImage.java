package io.sluice.e2e;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ThreadLocalRandom;
import javax.imageio.ImageIO;

/** An image with discs in a row, whose bytes no other image has. */
record DiscImage(int discs) {

    static final int CELL = 120;

    /** In pixels, of each disc in the middle of its cell. */
    static final int RADIUS = 40;

    int width() {
        return discs * CELL;
    }

    byte[] png() {
        BufferedImage image = new BufferedImage(width(), CELL, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.DARK_GRAY);
        graphics.fillRect(0, 0, width(), CELL);
        graphics.setColor(Color.LIGHT_GRAY);
        for (int disc = 0; disc < discs; disc++) {
            graphics.fillOval(disc * CELL + CELL / 2 - RADIUS, CELL / 2 - RADIUS, 2 * RADIUS, 2 * RADIUS);
        }
        graphics.dispose();
        image.setRGB(0, 0, ThreadLocalRandom.current().nextInt());
        image.setRGB(1, 0, ThreadLocalRandom.current().nextInt());
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }
}
