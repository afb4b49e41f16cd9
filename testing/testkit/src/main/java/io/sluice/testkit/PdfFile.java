package io.sluice.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A PDF with lines of text, made by hand so that a test knows what is in it. */
public final class PdfFile {

    private PdfFile() {}

    /**
     * Makes one.
     *
     * @param pages text of each, in ASCII without brackets and backslashes; a line each
     */
    public static byte[] of(String... pages) {
        List<String> objects = new ArrayList<>();
        StringBuilder kids = new StringBuilder();
        for (int i = 0; i < pages.length; i++) {
            kids.append(4 + 2 * i).append(" 0 R ");
        }
        objects.add("<< /Type /Catalog /Pages 2 0 R >>");
        objects.add("<< /Type /Pages /Kids [" + kids + "] /Count " + pages.length + " >>");
        objects.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        for (int i = 0; i < pages.length; i++) {
            String lines = String.join(") Tj T* (", pages[i].split("\n"));
            String content = "BT /F1 11 Tf 14 TL 72 720 Td (" + lines + ") Tj ET";
            objects.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents " + (5 + 2 * i)
                    + " 0 R /Resources << /Font << /F1 3 0 R >> >> >>");
            objects.add("<< /Length " + content.length() + " >>\nstream\n" + content + "\nendstream");
        }
        return file(objects);
    }

    private static byte[] file(List<String> objects) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        StringBuilder offsets = new StringBuilder();
        file.writeBytes("%PDF-1.4\n".getBytes(ISO_8859_1));
        for (int i = 0; i < objects.size(); i++) {
            offsets.append("%010d 00000 n \n".formatted(file.size()));
            file.writeBytes((i + 1 + " 0 obj\n" + objects.get(i) + "\nendobj\n").getBytes(ISO_8859_1));
        }
        int start = file.size();
        int count = objects.size() + 1;
        file.writeBytes(("xref\n0 " + count + "\n0000000000 65535 f \n" + offsets + "trailer\n<< /Size " + count
                        + " /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n")
                .getBytes(ISO_8859_1));
        return file.toByteArray();
    }
}
