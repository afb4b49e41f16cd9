package io.sluice.imaging;

import java.io.EOFException;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Tells whether an image has ended before its last pixel. The reader of JPEG makes the rest gray, and warns. */
final class Truncation implements IIOReadWarningListener {

    /** Words of libjpeg and the JDK; their other warnings are of images that are whole. */
    private static final Pattern WARNING = Pattern.compile("(?i)premature end|no EOI|corrupt JPEG data");

    private boolean seen;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        seen |= WARNING.matcher(warning).find();
    }

    boolean isSeen() {
        return seen;
    }

    /** True if the reader has met the end of the file. */
    static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException) {
                return true;
            }
        }
        return false;
    }
}
