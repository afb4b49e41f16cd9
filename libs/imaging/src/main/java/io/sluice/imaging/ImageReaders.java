package io.sluice.imaging;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** Readers of the formats, which are not left to what ImageIO finds on the class path of whichever thread asks it first. */
final class ImageReaders {

    private static final ImageReaderSpi JPEG = registered(new JPEGImageReaderSpi());
    private static final ImageReaderSpi WEBP = registered(new WebPImageReaderSpi());

    private ImageReaders() {}

    /** The registry is where the reader of JPEG finds that of the JDK, which it delegates to. */
    private static <T extends ImageReaderSpi> T registered(T provider) {
        IIORegistry.getDefaultInstance().registerServiceProvider(provider, ImageReaderSpi.class);
        return provider;
    }

    /** A new reader, to be disposed of. */
    static ImageReader of(ImageFormat format) {
        try {
            return switch (format) {
                case PNG -> ImageIO.getImageReadersByFormatName("png").next();
                case JPEG -> JPEG.createReaderInstance();
                case WEBP -> WEBP.createReaderInstance();
            };
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
