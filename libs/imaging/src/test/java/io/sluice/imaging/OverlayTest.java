package io.sluice.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class OverlayTest {

    private static final int BLACK = 0xff000000;
    private static final int WHITE = 0xffffffff;
    private static final int GREEN = 0xff00e676;

    @Test
    void drawsCirclesIn() throws IOException {
        // Given
        DecodedImage image = image(400, 200, 1);

        // When
        BufferedImage overlay = overlay(image, List.of(new Circle(100, 100, 50, 1), new Circle(390, 20, 30, 1)));

        // Then
        assertThat(overlay.getWidth()).isEqualTo(400);
        assertThat(overlay.getHeight()).isEqualTo(200);
        assertThat(hasNear(overlay, 150, 100, GREEN)).as("rim at the right").isTrue();
        assertThat(hasNear(overlay, 100, 50, GREEN)).as("rim at the top").isTrue();
        assertThat(hasNear(overlay, 360, 20, GREEN))
                .as("rim of a circle that leaves the image")
                .isTrue();
        assertThat(overlay.getRGB(100, 75)).as("inside").isEqualTo(0xff406080);
        assertThat(colors(overlay, 90, 90, 20)).as("number").contains(BLACK, WHITE);
        assertThat(image.pixels().getRGB(150, 100)).as("the image itself").isEqualTo(0xff406080);
    }

    @Test
    void numbersThemInTheirOrder() throws IOException {
        // Given
        Circle first = new Circle(100, 100, 50, 1);
        Circle second = new Circle(300, 100, 50, 1);

        // When
        BufferedImage overlay = overlay(image(400, 200, 1), List.of(first, second));
        BufferedImage otherWayRound = overlay(image(400, 200, 1), List.of(second, first));

        // Then
        for (int y = 80; y < 120; y++) {
            for (int x = 80; x < 120; x++) {
                assertThat(overlay.getRGB(x, y)).isEqualTo(otherWayRound.getRGB(x + 200, y));
            }
        }
        assertThat(overlay.getRGB(80, 80, 40, 40, null, 0, 40))
                .isNotEqualTo(overlay.getRGB(280, 80, 40, 40, null, 0, 40));
    }

    @Test
    void scalesCirclesToTheSizeOfThePicture() throws IOException {
        // When
        BufferedImage overlay = overlay(image(2560, 1280, 3), List.of(new Circle(1920, 1920, 600, 1)));

        // Then
        assertThat(overlay.getWidth()).isEqualTo(1280);
        assertThat(overlay.getHeight()).isEqualTo(640);
        assertThat(hasNear(overlay, 420, 320, GREEN)).isTrue();
        assertThat(hasNear(overlay, 220, 320, GREEN)).isTrue();
    }

    @Test
    void masksCirclesInPixelsOfTheOriginal() throws IOException {
        // Given
        ByteArrayOutputStream png = new ByteArrayOutputStream();

        // When
        Overlay.writeMask(image(400, 200, 10), List.of(new Circle(1000, 500, 100, 1), new Circle(3990, 0, 50, 1)), png);

        // Then
        BufferedImage mask = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
        assertThat(mask.getWidth()).isEqualTo(4000);
        assertThat(mask.getHeight()).isEqualTo(2000);
        assertThat(mask.getRGB(1000, 500)).isEqualTo(WHITE);
        assertThat(mask.getRGB(1097, 500)).isEqualTo(WHITE);
        assertThat(mask.getRGB(1103, 500)).isEqualTo(BLACK);
        assertThat(mask.getRGB(3999, 0)).isEqualTo(WHITE);
        assertThat(mask.getRGB(0, 0)).isEqualTo(BLACK);
        assertThat(png.size()).isLessThan(20_000);
    }

    private static DecodedImage image(int width, int height, int scale) {
        BufferedImage pixels = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            pixels.setRGB(i % width, i / width, 0x406080);
        }
        return new DecodedImage(pixels, width * scale, height * scale, scale);
    }

    private static BufferedImage overlay(DecodedImage image, List<Circle> circles) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        Overlay.write(image, circles, png);
        return ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
    }

    private static boolean hasNear(BufferedImage image, int x, int y, int color) {
        return colors(image, x - 2, y - 2, 5).contains(color);
    }

    private static Set<Integer> colors(BufferedImage image, int left, int top, int side) {
        Set<Integer> colors = new TreeSet<>();
        for (int y = top; y < top + side; y++) {
            for (int x = left; x < left + side; x++) {
                colors.add(image.getRGB(x, y));
            }
        }
        return colors;
    }
}
