package io.sluice.imaging;

import static io.sluice.imaging.ImageFiles.BLUE;
import static io.sluice.imaging.ImageFiles.RED;
import static io.sluice.imaging.ImageFiles.claiming;
import static io.sluice.imaging.ImageFiles.concatenated;
import static io.sluice.imaging.ImageFiles.half;
import static io.sluice.imaging.ImageFiles.halves;
import static io.sluice.imaging.ImageFiles.jpeg;
import static io.sluice.imaging.ImageFiles.png;
import static io.sluice.imaging.ImageFiles.resource;
import static io.sluice.imaging.ImageFiles.turned;
import static io.sluice.imaging.ImageFiles.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.imaging.UndecodableImageException.Reason;
import java.awt.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageDecoderTest {

    private static final int WHITE = 0xffffff;

    static Stream<Arguments> images() {
        return Stream.of(
                arguments("PNG", png(40, 20), RED),
                arguments("PNG with a palette", written(halves(40, 20, BufferedImage.TYPE_BYTE_INDEXED), "png"), RED),
                arguments("PNG with 16 bits a channel", written(with16Bits(), "png"), RED),
                arguments("PNG, transparent at the left", written(transparentAtTheLeft(), "png"), WHITE),
                arguments("JPEG", jpeg(40, 20), RED),
                arguments("JPEG with bytes behind it", concatenated(jpeg(40, 20), new byte[1000]), RED),
                arguments("JPEG with a broken EXIF", withBrokenExif(), RED),
                arguments("JPEG, progressive", resource("progressive.jpg"), RED),
                arguments("JPEG in CMYK", resource("cmyk.jpg"), RED),
                arguments("WebP, lossy", resource("lossy.webp"), RED),
                arguments("WebP, lossless", resource("lossless.webp"), RED),
                arguments("WebP, transparent at the left", resource("alpha.webp"), WHITE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("images")
    void decodesImages(String name, byte[] content, int left) throws UndecodableImageException {
        // When
        DecodedImage image = ImageDecoder.decode(content, 512);

        // Then
        assertThat(image.width()).isEqualTo(40);
        assertThat(image.height()).isEqualTo(20);
        assertThat(image.scale()).isEqualTo(1);
        assertThat(image.pixels().getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
        assertColor(image.pixels().getRGB(8, 10), left);
        assertColor(image.pixels().getRGB(32, 10), BLUE);
    }

    static Stream<Arguments> poison() {
        return Stream.of(
                arguments("nothing", new byte[0], Reason.UNKNOWN_FORMAT),
                arguments("a GIF", written(halves(40, 20, BufferedImage.TYPE_INT_RGB), "gif"), Reason.UNKNOWN_FORMAT),
                arguments("HTML", "<html>".getBytes(StandardCharsets.US_ASCII), Reason.UNKNOWN_FORMAT),
                arguments("a WAV file", "RIFF\0\0\0\0WAVE".getBytes(StandardCharsets.US_ASCII), Reason.UNKNOWN_FORMAT),
                arguments("a bomb of 45 bytes", claiming(65_000, 65_000), Reason.SIDE_TOO_LONG),
                arguments("one row too long", claiming(20_001, 1), Reason.SIDE_TOO_LONG),
                arguments("too many pixels", claiming(8_000, 5_001), Reason.TOO_MANY_PIXELS),
                arguments("a PNG of no width", claiming(0, 20), Reason.CORRUPT),
                arguments("a JPEG of no width", withSize(jpeg(40, 20), 0, 20), Reason.CORRUPT),
                arguments("a negative width", claiming(-1, 20), Reason.CORRUPT),
                arguments("a PNG without pixels", claiming(40, 20), Reason.TRUNCATED),
                arguments("half a PNG", half(png(400, 200)), Reason.TRUNCATED),
                arguments("half a JPEG", half(jpeg(400, 200)), Reason.TRUNCATED),
                arguments("the first bytes of a JPEG", Arrays.copyOf(jpeg(40, 20), 20), Reason.CORRUPT),
                arguments("half a lossy WebP", half(resource("lossy.webp")), Reason.TRUNCATED),
                arguments("half a lossless WebP", half(resource("lossless.webp")), Reason.TRUNCATED),
                arguments("a PNG with other bytes in it", scrambled(png(400, 200)), Reason.CORRUPT),
                arguments("an animated PNG", resource("animated.png"), Reason.ANIMATED),
                arguments("an animated WebP", resource("animated.webp"), Reason.ANIMATED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("poison")
    void refusesWhatCannotBeDecoded(String name, byte[] content, Reason reason) {
        assertThatThrownBy(() -> ImageDecoder.decode(content, 512))
                .isInstanceOfSatisfying(UndecodableImageException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason))
                .hasMessage(reason.sentence());
    }

    /** The stored image is red at the left. */
    @ParameterizedTest(name = "orientation {0}")
    @CsvSource({
        "1, 40, 20, 8, 10", "2, 40, 20, 32, 10", "3, 40, 20, 32, 10", "4, 40, 20, 8, 10",
        "5, 20, 40, 10, 8", "6, 20, 40, 10, 8", "7, 20, 40, 10, 32", "8, 20, 40, 10, 32",
        "0, 40, 20, 8, 10", "9, 40, 20, 8, 10",
    })
    void turnsPhotosUpright(int orientation, int width, int height, int redX, int redY)
            throws UndecodableImageException {
        // When
        DecodedImage image = ImageDecoder.decode(turned(jpeg(40, 20), orientation), 512);

        // Then
        assertThat(image.width()).isEqualTo(width);
        assertThat(image.height()).isEqualTo(height);
        assertThat(image.pixels().getWidth()).isEqualTo(width);
        assertColor(image.pixels().getRGB(redX, redY), RED);
        assertColor(image.pixels().getRGB(width - 1 - redX, height - 1 - redY), BLUE);
    }

    /** Left and right alone do not tell a turn from its mirrored one. */
    @ParameterizedTest(name = "orientation {0}")
    @CsvSource({"1, 8, 4", "2, 32, 4", "3, 32, 16", "4, 8, 16", "5, 4, 8", "6, 16, 8", "7, 16, 32", "8, 4, 32"})
    void putsTheStoredCornerWhereItBelongs(int orientation, int x, int y) throws UndecodableImageException {
        // Given
        BufferedImage corner = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 16 * 8; i++) {
            corner.setRGB(i % 16, i / 16, WHITE);
        }

        // When
        DecodedImage image = ImageDecoder.decode(turned(written(corner, "jpeg"), orientation), 512);

        // Then
        assertColor(image.pixels().getRGB(x, y), WHITE);
    }

    /** Sides that are no multiple of what becomes one pixel: a turn must not count from the edge of a pixel that is a part of one. */
    @ParameterizedTest(name = "orientation {0}")
    @CsvSource({
        "1, 300, 250", "2, 713, 250", "3, 713, 507", "4, 300, 507",
        "5, 250, 300", "6, 507, 300", "7, 507, 713", "8, 250, 713",
    })
    void keepsPlacesWhenPhotosAreTurnedAndMadeSmaller(int orientation, double x, double y)
            throws UndecodableImageException {
        // Given
        BufferedImage drawn =
                Drawing.on(Color.WHITE, 1013, 757, graphics -> Drawing.disc(graphics, 300, 250, 150, Color.BLACK));
        byte[] photo = turned(written(drawn, "jpeg"), orientation);

        for (int maxSide : new int[] {64, 100, 200, 333, 512, 1000}) {
            // When
            DecodedImage image = ImageDecoder.decode(photo, maxSide);

            // Then
            Circle dark = darkness(image.pixels()).scaled(image.scale());
            assertThat(dark.x()).as("%d pixels", maxSide).isCloseTo(x, within(0.12 * image.scale()));
            assertThat(dark.y()).as("%d pixels", maxSide).isCloseTo(y, within(0.12 * image.scale()));
        }
    }

    /** A circle about the centre of what is dark. */
    private static Circle darkness(BufferedImage image) {
        double sum = 0;
        double x = 0;
        double y = 0;
        for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
            int column = i % image.getWidth();
            int row = i / image.getWidth();
            int dark = 255 - (image.getRGB(column, row) & 0xff);
            sum += dark;
            x += dark * (column + 0.5);
            y += dark * (row + 0.5);
        }
        return new Circle(x / sum, y / sum, 1, 1);
    }

    /** Java takes gray for linear light, and would answer 188. */
    @ParameterizedTest(name = "type {0}")
    @CsvSource({"10, 128", "11, 32896"})
    void keepsGray(int type, int sample) throws UndecodableImageException {
        // Given
        BufferedImage gray = new BufferedImage(8, 8, type);
        gray.getRaster().setSamples(0, 0, 8, 8, 0, filled(64, sample));

        // When
        DecodedImage image = ImageDecoder.decode(written(gray, "png"), 512);

        // Then
        assertColor(image.pixels().getRGB(4, 4), 0x808080);
    }

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource({"4000, 3000", "1000, 700", "1025, 3", "513, 513", "20000, 1"})
    void readsLargeImagesSmaller(int width, int height) throws UndecodableImageException {
        // When
        DecodedImage image = ImageDecoder.decode(png(width, height), 512);

        // Then
        int edge = edge(image.pixels());
        assertThat(image.width()).isEqualTo(width);
        assertThat(image.pixels().getWidth()).isBetween(500, 512);
        assertThat(edge * image.scale()).isCloseTo(width / 2.0, within(1.5 * image.scale()));
    }

    @Test
    void shrinksByTheMean() throws UndecodableImageException {
        // Given
        BufferedImage stripes = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 256; i++) {
            stripes.setRGB(i % 16, i / 16, i % 2 == 0 ? WHITE : 0);
        }

        // When
        DecodedImage image = ImageDecoder.decode(written(stripes, "png"), 16).shrunk(8);

        // Then
        assertThat(image.scale()).isEqualTo(2);
        assertThat(image.width()).isEqualTo(16);
        assertColor(image.pixels().getRGB(3, 3), 0x808080);
    }

    private static int edge(BufferedImage image) {
        int x = 0;
        while ((image.getRGB(x, 0) >> 16 & 0xff) > 100) {
            x++;
        }
        return x;
    }

    private static void assertColor(int actual, int expected) {
        for (int shift = 0; shift <= 16; shift += 8) {
            assertThat(actual >> shift & 0xff)
                    .as("%06x of %06x", actual & WHITE, expected)
                    .isCloseTo(expected >> shift & 0xff, within(24));
        }
    }

    private static int[] filled(int length, int value) {
        int[] samples = new int[length];
        Arrays.fill(samples, value);
        return samples;
    }

    private static BufferedImage with16Bits() {
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(40, 20);
        BufferedImage image = new BufferedImage(model, raster, false, null);
        image.createGraphics().drawImage(halves(40, 20, BufferedImage.TYPE_INT_RGB), 0, 0, null);
        return image;
    }

    private static BufferedImage transparentAtTheLeft() {
        BufferedImage image = halves(40, 20, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 20 * 20; i++) {
            image.setRGB(i % 20, i / 20, RED);
        }
        return image;
    }

    private static byte[] withBrokenExif() {
        byte[] jpeg = turned(jpeg(40, 20), 6);
        jpeg[12] = 0x7f;
        return jpeg;
    }

    /** A JPEG whose frame header (SOF0) names another size. */
    private static byte[] withSize(byte[] jpeg, int width, int height) {
        for (int i = 2; i < jpeg.length; i++) {
            if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xc0) {
                jpeg[i + 6] = (byte) height;
                jpeg[i + 8] = (byte) width;
                return jpeg;
            }
        }
        throw new IllegalArgumentException();
    }

    private static byte[] scrambled(byte[] content) {
        Arrays.fill(content, content.length / 3, content.length / 2, (byte) 0x55);
        return content;
    }

    @Test
    void findsTheCircleOfALargePhotoWhereItIs() throws UndecodableImageException {
        // Given
        BufferedImage photo = new BufferedImage(3000, 2000, BufferedImage.TYPE_INT_RGB);
        var graphics = photo.createGraphics();
        graphics.fillOval(2000 - 400, 700 - 400, 800, 800);
        graphics.dispose();

        // When
        DecodedImage image = ImageDecoder.decode(turned(written(photo, "jpeg"), 6), CircleDetector.MAX_SIDE);
        Circle circle = CircleDetector.detect(image.pixels()).get(0).scaled(image.scale());

        // Then
        assertThat(circle.x()).isCloseTo(2000 - 700, within(image.scale()));
        assertThat(circle.y()).isCloseTo(2000, within(image.scale()));
        assertThat(circle.radius()).isCloseTo(400, within(image.scale()));
    }
}
