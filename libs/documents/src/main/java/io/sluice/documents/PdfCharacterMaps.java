package io.sluice.documents;

import io.sluice.documents.UnreadableDocumentException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.jspecify.annotations.Nullable;

/**
 * Character maps of fonts, counted before PDFBox reads one: it makes an object of each character of each range, and {@code <00000000> <7fffffff>}
 * are thirty bytes.
 */
final class PdfCharacterMaps {

    /** Largest map in bytes, decompressed. */
    private static final int MAX_BYTES = 2 << 20;

    /** Most characters in the ranges of a map; fonts have up to 65,536. */
    private static final int MAX_CHARACTERS = 1 << 17;

    private static final Pattern COMMENT = Pattern.compile("%[^\r\n]*");
    private static final Pattern RANGES = Pattern.compile("begin(?:bf|cid|notdef)range");
    private static final Pattern TOKEN = Pattern.compile("<([^<>]*+)>|\\[[^\\[\\]]*+\\]|\\d++|begin");

    private final Set<COSStream> checked = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Budget budget;

    PdfCharacterMaps(Budget budget) {
        this.budget = budget;
    }

    /** Checks the maps of all fonts of a page or a form. */
    void check(@Nullable PDResources resources) throws IOException {
        COSDictionary fonts =
                resources == null ? null : resources.getCOSObject().getCOSDictionary(COSName.FONT);
        if (fonts == null) {
            return;
        }
        for (COSName name : fonts.keySet()) {
            COSDictionary font = fonts.getCOSDictionary(name);
            budget.checkAtTimes();
            if (font != null) {
                check(font.getDictionaryObject(COSName.TO_UNICODE));
                check(font.getDictionaryObject(COSName.ENCODING));
            }
        }
    }

    private void check(@Nullable COSBase map) throws IOException {
        if (!(map instanceof COSStream stream) || !checked.add(stream)) {
            return;
        }
        if (PdfContent.size(stream, budget) > MAX_BYTES || characters(text(stream)) > MAX_CHARACTERS) {
            budget.exceed(Reason.TOO_COMPLEX);
        }
    }

    private static String text(COSStream stream) throws IOException {
        try (InputStream in = stream.createInputStream()) {
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
            return COMMENT.matcher(text).replaceAll(" ");
        }
    }

    private static long characters(String map) {
        long characters = 0;
        Matcher ranges = RANGES.matcher(map);
        Matcher token = TOKEN.matcher(map);
        int at = 0;
        while (ranges.find(at)) {
            at = ranges.end();
            while (token.find(at) && token.group(1) != null) {
                long first = code(token.group(1));
                if (!token.find() || token.group(1) == null) {
                    break;
                }
                characters += Math.max(0, code(token.group(1)) - first + 1);
                // Behind what the range is mapped to.
                at = token.find() ? token.end() : map.length();
            }
        }
        return characters;
    }

    /** The code as PDFBox reads it: the last four bytes. */
    private static long code(String hexadecimal) {
        long code = 0;
        for (int i = 0; i < hexadecimal.length(); i++) {
            code = (code << 4 | Math.max(0, Character.digit(hexadecimal.charAt(i), 16))) & 0xffffffffL;
        }
        return code;
    }
}
