package io.sluice.documents;

import io.sluice.documents.UnreadableDocumentException.Reason;
import java.io.BufferedInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files of text, decoded without a guess: in the encoding of their byte order mark, else in the one that their first bytes name if they are HTML,
 * else in UTF-8. What is malformed is refused, not replaced: a {@code µg} that becomes a {@code �g} is no dose.
 */
final class StrictText {

    /** Bytes of HTML that are searched for its encoding; the standard has 1024. */
    private static final int SNIFFED = 4_096;

    /** Declared encoding, found as browsers do, without reading tags: attributes of {@code meta}, and of the XML declaration. */
    private static final Pattern DECLARED = Pattern.compile(
            "<meta[^>]{0,200}\\bcharset\\s*=\\s*[\"']?\\s*([\\w.:-]+)|^<\\?xml[^>]{0,100}\\bencoding\\s*=\\s*[\"']([\\w.:-]+)",
            Pattern.CASE_INSENSITIVE);

    private StrictText() {}

    /**
     * Characters that a parser makes objects of.
     *
     * @param characters each of them
     * @param most how many a text may have of them
     */
    record Marks(String characters, int most) {
        static final Marks NONE = new Marks("", 0);
    }

    /** Opens a file of text. Reading it fails with a {@link CharacterCodingException} where it is malformed. */
    static Reader open(Path file, boolean html, Marks marks, Budget budget)
            throws IOException, UnreadableDocumentException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 2 * SNIFFED);
        try {
            in.mark(SNIFFED);
            byte[] head = in.readNBytes(SNIFFED);
            in.reset();
            return new Checked(decoded(in, head, html), marks, budget);
        } catch (IOException | UnreadableDocumentException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static Reader decoded(InputStream in, byte[] head, boolean html)
            throws IOException, UnreadableDocumentException {
        if (startsWith(head, 0xef, 0xbb, 0xbf)) {
            in.skipNBytes(3);
            return reader(in, StandardCharsets.UTF_8);
        }
        if (startsWith(head, 0xfe, 0xff)) {
            in.skipNBytes(2);
            return reader(in, StandardCharsets.UTF_16BE);
        }
        if (startsWith(head, 0xff, 0xfe)) {
            in.skipNBytes(2);
            return reader(in, StandardCharsets.UTF_16LE);
        }
        return reader(in, html ? declared(head) : StandardCharsets.UTF_8);
    }

    private static boolean startsWith(byte[] head, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (head.length <= i || (head[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static Charset declared(byte[] head) throws UnreadableDocumentException {
        Matcher matcher = DECLARED.matcher(new String(head, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            return StandardCharsets.UTF_8;
        }
        String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        try {
            Charset charset = Charset.forName(name);
            if (charset.equals(StandardCharsets.ISO_8859_1) || charset.equals(StandardCharsets.US_ASCII)) {
                return Charset.forName("windows-1252");
            }
            // A declaration that could be read as bytes of ASCII is not in UTF-16.
            return charset.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new UnreadableDocumentException(Reason.NOT_UTF_8, unknown);
        }
    }

    private static Reader reader(InputStream in, Charset charset) {
        return new InputStreamReader(
                in,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /** Text that is read within a budget. */
    private static final class Checked extends FilterReader {

        private final Marks marks;
        private final Budget budget;
        private int seen;

        Checked(Reader in, Marks marks, Budget budget) {
            super(in);
            this.marks = marks;
            this.budget = budget;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            budget.checkMemory();
            // In pieces: a library may ask for all at once, and memory is looked at between them.
            int read = super.read(buffer, offset, Math.min(length, 16_384));
            for (int i = offset; i < offset + read; i++) {
                if (marks.characters.indexOf(buffer[i]) >= 0) {
                    seen++;
                }
            }
            if (seen > marks.most) {
                budget.exceed(Reason.TOO_COMPLEX);
            }
            budget.addText(Math.max(0, read));
            return read;
        }

        @Override
        public int read() throws IOException {
            char[] one = new char[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }
    }

    /** Refuses a file that is larger than a format's trees may get. */
    static void checkSize(Path file, long maxBytes) throws IOException, UnreadableDocumentException {
        if (Files.size(file) > maxBytes) {
            throw new UnreadableDocumentException(Reason.TOO_LARGE);
        }
    }
}
