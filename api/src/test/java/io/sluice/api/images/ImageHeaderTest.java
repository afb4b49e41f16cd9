package io.sluice.api.images;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.api.images.ImageRefusedException.Rule;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImageHeaderTest {

    private static final byte[] PNG = TestImages.of("png", 30, 20, BufferedImage.TYPE_INT_RGB, false);
    private static final byte[] JPEG = TestImages.of("jpeg", 300, 20, BufferedImage.TYPE_INT_RGB, false);
    private static final byte[] PROGRESSIVE = TestImages.of("jpeg", 301, 200, BufferedImage.TYPE_INT_RGB, true);
    private static final byte[] IEND = TestImages.pngChunk("IEND", new byte[0]);
    private static final byte[] IDAT = TestImages.pngChunk("IDAT", new byte[10]);

    static Stream<Arguments> taken() {
        return Stream.of(
                arguments("PNG", PNG, ImageFormat.PNG, 30, 20),
                arguments("PNG, 16 bit", png(BufferedImage.TYPE_USHORT_GRAY), ImageFormat.PNG, 7, 9),
                arguments("PNG, alpha", png(BufferedImage.TYPE_INT_ARGB), ImageFormat.PNG, 7, 9),
                arguments("PNG, one bit", png(BufferedImage.TYPE_BYTE_BINARY), ImageFormat.PNG, 7, 9),
                arguments("PNG, bytes behind", joined(PNG, new byte[100]), ImageFormat.PNG, 30, 20),
                arguments("PNG, as large as may be", sized(8_000, 5_000), ImageFormat.PNG, 8_000, 5_000),
                arguments("PNG, as long as may be", sized(20_000, 1), ImageFormat.PNG, 20_000, 1),
                arguments("JPEG", JPEG, ImageFormat.JPEG, 300, 20),
                arguments("JPEG, progressive", PROGRESSIVE, ImageFormat.JPEG, 301, 200),
                arguments("JPEG, grey", jpeg(BufferedImage.TYPE_BYTE_GRAY), ImageFormat.JPEG, 7, 9),
                arguments("JPEG, thumbnail in EXIF", withExif(JPEG, PROGRESSIVE), ImageFormat.JPEG, 300, 20),
                arguments("JPEG, another behind", joined(JPEG, PROGRESSIVE), ImageFormat.JPEG, 300, 20),
                arguments("WebP, lossy", TestImages.WEBP_LOSSY, ImageFormat.WEBP, 1, 1),
                arguments("WebP, lossless", TestImages.WEBP_LOSSLESS, ImageFormat.WEBP, 1, 1),
                arguments("WebP, alpha", TestImages.WEBP_ALPHA, ImageFormat.WEBP, 1, 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void taken(String name, byte[] image, ImageFormat format, int width, int height) throws IOException {
        assertThat(read(image)).isEqualTo(new ImageHeader(format, width, height));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("nothing", new byte[0], Rule.FORMAT),
                arguments("text", "hello, I am a PNG".getBytes(US_ASCII), Rule.FORMAT),
                arguments("GIF", "GIF89a\1\0\1\0\0\0\0;".getBytes(US_ASCII), Rule.FORMAT),
                arguments("BMP", TestImages.of("bmp", 3, 3, BufferedImage.TYPE_INT_RGB, false), Rule.FORMAT),
                arguments("SVG", "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(US_ASCII), Rule.FORMAT),
                arguments("RIFF of sound", "RIFF\4\0\0\0WAVE".getBytes(US_ASCII), Rule.FORMAT),
                arguments("PNG, a bomb of 45 bytes", sized(65_000, 65_000), Rule.SIZE),
                arguments("PNG, pixels over the bound", sized(8_001, 5_000), Rule.SIZE),
                arguments("PNG, side over the bound", sized(1, 20_001), Rule.SIZE),
                arguments("PNG, product beyond 32 bits", sized(65_536, 65_536), Rule.SIZE),
                arguments("PNG, unsigned width", sized(-1, 1), Rule.SIZE),
                arguments("PNG, no width", sized(0, 1), Rule.WELL_FORMED),
                arguments("PNG, no data", joined(TestImages.pngHeader(1, 1), IEND), Rule.WELL_FORMED),
                arguments("PNG, other chunk first", joined(Arrays.copyOf(PNG, 8), IDAT, IEND), Rule.WELL_FORMED),
                arguments(
                        "PNG, animated",
                        joined(TestImages.pngHeader(1, 1), TestImages.pngChunk("acTL", new byte[8]), IDAT, IEND),
                        Rule.STILL),
                arguments(
                        "JPEG, no height",
                        withByte(withByte(JPEG, frame(JPEG) + 5, 0), frame(JPEG) + 6, 0),
                        Rule.WELL_FORMED),
                arguments("JPEG, 12 bit", withByte(JPEG, frame(JPEG) + 4, 12), Rule.WELL_FORMED),
                arguments("JPEG, arithmetic", withByte(JPEG, frame(JPEG) + 1, 0xc9), Rule.WELL_FORMED),
                arguments(
                        "JPEG, 65,535 on a side",
                        withByte(withByte(JPEG, frame(JPEG) + 7, 255), frame(JPEG) + 8, 255),
                        Rule.SIZE),
                arguments("JPEG, no frame", new byte[] {-1, -40, -1, -39}, Rule.WELL_FORMED),
                arguments("WebP, animated", TestImages.WEBP_ANIMATED, Rule.STILL),
                arguments("WebP, other canvas", withByte(TestImages.WEBP_ALPHA, 24, 9), Rule.WELL_FORMED),
                arguments("WebP, chunk beyond its file", withByte(TestImages.WEBP_LOSSY, 4, 20), Rule.WELL_FORMED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String name, byte[] image, Rule rule) {
        assertThatThrownBy(() -> read(image))
                .isInstanceOfSatisfying(
                        ImageRefusedException.class, e -> assertThat(e.rule()).isEqualTo(rule));
    }

    static Stream<Arguments> whole() {
        return taken().filter(image -> !String.valueOf(image.get()[0]).contains("behind"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whole")
    void noBeginningOfAnImageIsOne(String name, byte[] image, ImageFormat format, int width, int height) {
        for (int length = 12; length < image.length; length++) {
            byte[] beginning = Arrays.copyOf(image, length);
            assertThatThrownBy(() -> read(beginning))
                    .as("%d of %d bytes", length, image.length)
                    .isInstanceOfSatisfying(ImageRefusedException.class, e -> assertThat(e.rule())
                            .isEqualTo(Rule.COMPLETE));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whole")
    void bytesThatChangeAreTakenOrRefused(String name, byte[] image, ImageFormat format, int width, int height)
            throws IOException {
        Random random = new Random(42);
        for (int i = 0; i < 2_000; i++) {
            byte[] changed = withByte(image, random.nextInt(image.length), random.nextInt(256));
            try {
                ImageHeader header = read(changed);
                assertThat((long) header.width() * header.height()).isBetween(1L, (long) ImageHeader.MAX_PIXELS);
            } catch (ImageRefusedException e) {
                assertThat(e).hasMessageEndingWith(".");
            }
        }
    }

    private static ImageHeader read(byte[] image) throws IOException {
        return ImageHeader.read(new ByteArrayInputStream(image));
    }

    private static byte[] png(int type) {
        return TestImages.of("png", 7, 9, type, false);
    }

    private static byte[] jpeg(int type) {
        return TestImages.of("jpeg", 7, 9, type, false);
    }

    private static byte[] sized(int width, int height) {
        return joined(TestImages.pngHeader(width, height), IDAT, IEND);
    }

    /** Puts a segment APP1 with another JPEG in it behind the image's first two bytes. */
    private static byte[] withExif(byte[] image, byte[] thumbnail) {
        int length = thumbnail.length + 2;
        byte[] segment = {-1, (byte) 0xe1, (byte) (length >> 8), (byte) length};
        return joined(Arrays.copyOf(image, 2), segment, thumbnail, Arrays.copyOfRange(image, 2, image.length));
    }

    /** The place of the marker SOF0. */
    private static int frame(byte[] image) {
        for (int i = 0; i < image.length; i++) {
            if (image[i] == -1 && image[i + 1] == (byte) 0xc0) {
                return i;
            }
        }
        throw new AssertionError("no frame");
    }

    private static byte[] withByte(byte[] image, int place, int value) {
        byte[] changed = image.clone();
        changed[place] = (byte) value;
        return changed;
    }

    private static byte[] joined(byte[]... parts) {
        return TestImages.joined(parts);
    }
}
