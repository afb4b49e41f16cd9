package io.sluice.api.images;

import io.sluice.api.images.ImageRefusedException.Rule;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * JPEG: segments of marker, length and data; scans are not counted, but end at the next marker.
 *
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU-T T.81, annex B</a>
 */
final class JpegHeader {

    private static final int PREFIX = 0xff;

    /** Second byte of a marker which says, in a scan, that the byte before it is data. */
    private static final int STUFFED = 0x00;

    private static final int RESTART_FIRST = 0xd0;
    private static final int RESTART_LAST = 0xd7;
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;

    /** Baseline, extended sequential and progressive, of Huffman's code. Decoders know no others. */
    private static final int FRAME_FIRST = 0xc0;

    private static final int FRAME_LAST = 0xc2;
    private static final int BITS = 8;

    private static final int LENGTH_BYTES = 2;

    /** Precision, height and width. */
    private static final int FRAME_BYTES = 5;

    private JpegHeader() {}

    static ImageHeader read(ImageBytes bytes) throws IOException {
        bytes.skip(2);
        ImageHeader header = null;
        boolean hasScan = false;
        int marker = nextMarker(bytes);
        while (marker != END) {
            int length = bytes.bigEndian16() - LENGTH_BYTES;
            if (length < 0) {
                throw malformed();
            }
            if (isFrame(marker)) {
                header = frame(bytes, header, length);
            } else {
                bytes.skip(length);
            }
            hasScan |= marker == SCAN;
            marker = marker == SCAN ? markerBehindScan(bytes) : nextMarker(bytes);
        }
        if (header == null || !hasScan) {
            throw malformed();
        }
        return header;
    }

    private static boolean isFrame(int marker) throws ImageRefusedException {
        if (marker > FRAME_LAST && marker <= 0xcf && marker != 0xc4 && marker != 0xcc) {
            throw malformed();
        }
        return marker >= FRAME_FIRST && marker <= FRAME_LAST;
    }

    private static ImageHeader frame(ImageBytes bytes, @Nullable ImageHeader before, int length) throws IOException {
        if (before != null || length < FRAME_BYTES || bytes.unsignedByte() != BITS) {
            throw malformed();
        }
        int height = bytes.bigEndian16();
        int width = bytes.bigEndian16();
        bytes.skip(length - FRAME_BYTES);
        return ImageHeader.of(ImageFormat.JPEG, width, height);
    }

    private static int nextMarker(ImageBytes bytes) throws IOException {
        if (bytes.unsignedByte() != PREFIX) {
            throw malformed();
        }
        return marker(bytes);
    }

    private static int marker(ImageBytes bytes) throws IOException {
        int marker = bytes.unsignedByte();
        while (marker == PREFIX) {
            marker = bytes.unsignedByte();
        }
        return marker;
    }

    private static int markerBehindScan(ImageBytes bytes) throws IOException {
        while (true) {
            if (bytes.unsignedByte() == PREFIX) {
                int marker = marker(bytes);
                if (marker != STUFFED && (marker < RESTART_FIRST || marker > RESTART_LAST)) {
                    return marker;
                }
            }
        }
    }

    private static ImageRefusedException malformed() {
        return new ImageRefusedException(Rule.WELL_FORMED);
    }
}
