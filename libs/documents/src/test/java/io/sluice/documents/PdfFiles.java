package io.sluice.documents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;

/** PDFs that are written here, object by object. Each page has a content stream; the font F1 is Helvetica, F2 is bold, U has any characters. */
final class PdfFiles {

    private static final String FONTS = "/Font << /F1 3 0 R /F2 4 0 R /U 5 0 R >> ";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> offsets = new ArrayList<>();
    /** Characters that the font U shows, by code. */
    private final Map<String, Integer> characters = new LinkedHashMap<>();

    private PdfFiles() {}

    /** A PDF whose pages have these contents. */
    static byte[] pages(List<String> contents) {
        return new PdfFiles().write(contents, List.of(), "", 0);
    }

    static byte[] pages(String... contents) {
        return pages(Arrays.asList(contents));
    }

    /**
     * A PDF with more in it.
     *
     * @param objects further ones, from 8 + 2 × pages on
     * @param resources further entries of the pages' resources
     */
    static byte[] with(List<String> contents, List<byte[]> objects, String resources) {
        return with(contents, objects, resources, 0);
    }

    /** The same, with another object in place of the contents of the pages. */
    static byte[] with(List<String> contents, List<byte[]> objects, String resources, int content) {
        return new PdfFiles().write(contents, objects, resources, content);
    }

    /** One page with lines of any characters, in the order in which they are painted, from left to right. */
    static byte[] unicode(String... lines) {
        PdfFiles file = new PdfFiles();
        StringBuilder content = new StringBuilder();
        int y = 700;
        for (String line : lines) {
            content.append("BT /U 12 Tf 72 ").append(y).append(" Td <");
            line.codePoints().forEach(c -> content.append("%02x".formatted(file.code(Character.toString(c)))));
            content.append("> Tj ET\n");
            y -= 14;
        }
        return file.write(List.of(content.toString()), List.of(), "", 0);
    }

    private int code(String character) {
        return characters.computeIfAbsent(character, unknown -> characters.size() + 1);
    }

    /** A line of Helvetica. */
    static String line(int x, int y, String text) {
        return line(x, y, 12, text);
    }

    static String line(int x, int y, int size, String text) {
        return "BT /F1 %d Tf %d %d Td (%s) Tj ET\n"
                .formatted(
                        size,
                        x,
                        y,
                        text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)"));
    }

    /** Lines below each other. */
    static String lines(int x, int y, String... lines) {
        StringBuilder content = new StringBuilder();
        for (int i = 0; i < lines.length; i++) {
            content.append(line(x, y - 14 * i, lines[i]));
        }
        return content.toString();
    }

    private byte[] write(List<String> contents, List<byte[]> objects, String resources, int content) {
        print("%PDF-1.7\n");
        object("<< /Type /Catalog /Pages 2 0 R >>");
        object("<< /Type /Pages /Count %d /Kids [%s] >>".formatted(contents.size(), kids(contents.size())));
        object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
        object("<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs"
                + " << /g 6 0 R >> /FirstChar 1 /LastChar 255 /Widths"
                + " [" + "500 ".repeat(255) + "] /ToUnicode 7 0 R"
                + " /Encoding << /Type /Encoding /Differences [1" + " /g".repeat(255) + "] >> >>");
        stream("", bytes("500 0 d0"));
        stream("", bytes(toUnicode()));
        for (int i = 0; i < contents.size(); i++) {
            object(("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R" + " /Resources << %s >> >>")
                    .formatted(
                            content > 0 ? content : 9 + 2 * i,
                            resources.contains("/Font") ? resources : FONTS + resources));
            stream("/Filter /FlateDecode", deflated(bytes(contents.get(i))));
        }
        objects.forEach(object -> {
            begin();
            out.writeBytes(object);
            print("\nendobj\n");
        });
        return finish();
    }

    private static String kids(int pages) {
        StringBuilder kids = new StringBuilder();
        for (int i = 0; i < pages; i++) {
            kids.append(8 + 2 * i).append(" 0 R ");
        }
        return kids.toString();
    }

    private String toUnicode() {
        return "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <01> <ff> endcodespacerange "
                + characters.size() + " beginbfchar "
                + characters.entrySet().stream()
                        .map(entry -> "<%02x> <%s>".formatted(entry.getValue(), utf16(entry.getKey())))
                        .collect(Collectors.joining(" "))
                + " endbfchar endcmap end";
    }

    private static String utf16(String character) {
        return character.chars().mapToObj("%04x"::formatted).collect(Collectors.joining());
    }

    private void object(String object) {
        begin();
        print(object + "\nendobj\n");
    }

    private void stream(String entries, byte[] data) {
        begin();
        out.writeBytes(streamObject(entries, data));
        print("\nendobj\n");
    }

    static byte[] streamObject(String entries, byte[] data) {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        object.writeBytes(bytes("<< /Length %d %s >>\nstream\n".formatted(data.length, entries)));
        object.writeBytes(data);
        object.writeBytes(bytes("\nendstream"));
        return object.toByteArray();
    }

    private void begin() {
        offsets.add(out.size());
        print(offsets.size() + " 0 obj\n");
    }

    private byte[] finish() {
        int xref = out.size();
        print("xref\n0 %d\n0000000000 65535 f \n".formatted(offsets.size() + 1));
        offsets.forEach(offset -> print("%010d 00000 n \n".formatted(offset)));
        print("trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n".formatted(offsets.size() + 1, xref));
        return out.toByteArray();
    }

    private void print(String text) {
        out.writeBytes(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] deflated(byte[] data) {
        return deflated(data, 1);
    }

    /** The same data many times over, compressed. */
    static byte[] deflated(byte[] data, int times) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream deflater = new DeflaterOutputStream(compressed)) {
            for (byte[] each : Collections.nCopies(times, data)) {
                deflater.write(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    /** A PDF that is encrypted with AES, and from which viewers may not copy. */
    static byte[] encrypted(byte[] pdf, String userPassword) {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            AccessPermission permissions = new AccessPermission();
            permissions.setCanExtractContent(false);
            StandardProtectionPolicy policy = new StandardProtectionPolicy("owner", userPassword, permissions);
            policy.setEncryptionKeyLength(128);
            document.protect(policy);
            ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
            document.save(encrypted);
            return encrypted.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
