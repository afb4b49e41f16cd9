package io.sluice.api.images;

import io.sluice.api.images.ImageRefusedException.Rule;
import java.io.IOException;

/**
 * PNG: a signature, then chunks of length, name, data and checksum.
 *
 * @see <a href="https://www.w3.org/TR/png-3/#5DataRep">PNG, section 5</a>
 */
final class PngHeader {

    private static final int SIGNATURE_BYTES = 8;
    private static final int HEADER_BYTES = 13;
    private static final int SIZE_BYTES = 8;
    private static final int CHECKSUM_BYTES = 4;

    private PngHeader() {}

    static ImageHeader read(ImageBytes bytes) throws IOException {
        bytes.skip(SIGNATURE_BYTES);
        if (bytes.bigEndian32() != HEADER_BYTES || !bytes.name().equals("IHDR")) {
            throw new ImageRefusedException(Rule.WELL_FORMED);
        }
        ImageHeader header = ImageHeader.of(ImageFormat.PNG, bytes.bigEndian32(), bytes.bigEndian32());
        bytes.skip(HEADER_BYTES - SIZE_BYTES + CHECKSUM_BYTES);
        passOver(bytes);
        return header;
    }

    private static void passOver(ImageBytes bytes) throws IOException {
        boolean hasData = false;
        while (true) {
            long length = bytes.bigEndian32();
            switch (bytes.name()) {
                case "acTL" -> throw new ImageRefusedException(Rule.STILL);
                case "IDAT" -> hasData = true;
                case "IEND" -> {
                    if (!hasData) {
                        throw new ImageRefusedException(Rule.WELL_FORMED);
                    }
                    bytes.skip(length + CHECKSUM_BYTES);
                    return;
                }
                default -> {
                    // Of no interest: colours, text, time.
                }
            }
            bytes.skip(length + CHECKSUM_BYTES);
        }
    }
}
