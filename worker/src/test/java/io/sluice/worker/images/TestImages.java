package io.sluice.worker.images;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/** Images that are made here. */
final class TestImages {

    private TestImages() {}

    /**
     * A photo of a camera that was turned: 300 by 200 pixels are stored, and upright it has 200 by 300, with a disc of radius 40 at
     * (120, 100) and one of radius 30 at (80, 220).
     */
    static byte[] turnedPhoto() throws IOException {
        BufferedImage photo = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = photo.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 300, 200);
        graphics.setColor(Color.DARK_GRAY);
        graphics.fillOval(100 - 40, 80 - 40, 80, 80);
        graphics.fillOval(220 - 30, 120 - 30, 60, 60);
        graphics.dispose();
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(photo, "jpeg", jpeg);
        return turned(jpeg.toByteArray());
    }

    /** With an EXIF of one tag: orientation 6, to be turned by 90 degrees. */
    private static byte[] turned(byte[] jpeg) {
        return ByteBuffer.allocate(jpeg.length + 36)
                .put(jpeg, 0, 2)
                .putShort((short) 0xffe1)
                .putShort((short) 34)
                .put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) 6)
                .putShort((short) 0)
                .putInt(0)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }
}
