package io.sluice.contract.json;

import static java.nio.charset.StandardCharsets.UTF_8;

/** JSON strings to text and back. */
public final class JsonStrings {

    private JsonStrings() {}

    /**
     * The text of a JSON string that {@link JsonScanner} has passed.
     *
     * @param start the opening quote
     * @param end behind the closing quote
     */
    public static String unescape(byte[] json, int start, int end) {
        String raw = new String(json, start + 1, end - start - 2, UTF_8);
        int escape = raw.indexOf('\\');
        if (escape < 0) {
            return raw;
        }
        StringBuilder text = new StringBuilder(raw.length());
        int from = 0;
        while (escape >= 0) {
            text.append(raw, from, escape);
            char kind = raw.charAt(escape + 1);
            if (kind == 'u') {
                text.append((char) Integer.parseInt(raw, escape + 2, escape + 6, 16));
                from = escape + 6;
            } else {
                text.append(unescaped(kind));
                from = escape + 2;
            }
            escape = raw.indexOf('\\', from);
        }
        return text.append(raw, from, raw.length()).toString();
    }

    private static char unescaped(char kind) {
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> kind;
        };
    }

    /** Writes a text as a JSON string, its quotes included, in ASCII wherever a reader could stumble. */
    public static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7F || (Character.isSurrogate(c) && !isPaired(text, i))) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private static boolean isPaired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
