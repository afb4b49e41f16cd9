package io.sluice.contract.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks that bytes are one JSON text in valid UTF-8, and says where its parts lie, in one pass and without building any of
 * it: the payload of an event is kept as the bytes that came. Strict where parsers are lenient: no byte order mark, no
 * UTF-16, no comments, no overlong UTF-8. Lenient where the RFC is: any number, duplicate names, lone surrogates as escapes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259, JSON</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3629">RFC 3629, UTF-8</a>
 */
public final class JsonScanner {

    private final byte[] json;
    private final int maxNesting;
    private int at;
    private int nesting;

    private JsonScanner(byte[] json, int maxNesting) {
        this.json = json;
        this.maxNesting = maxNesting;
    }

    /**
     * Checks that all of the bytes are one JSON value, white space around it allowed.
     *
     * @param maxNesting how deep arrays and objects may nest; a scalar has depth 0
     * @throws JsonSyntaxException if they are not, or nest deeper
     */
    public static void check(byte[] json, int maxNesting) throws JsonSyntaxException {
        JsonScanner scanner = new JsonScanner(json, maxNesting);
        scanner.skipWhiteSpace();
        scanner.skipValue();
        scanner.expectEnd();
    }

    /**
     * Lists the members of the object that the bytes are, in their order, names that stand twice included.
     *
     * @param maxNesting how deep arrays and objects may nest in each member's value; a scalar has depth 0
     * @throws JsonSyntaxException if the bytes are not one JSON object, or nest deeper
     */
    public static List<JsonMember> members(byte[] json, int maxNesting) throws JsonSyntaxException {
        JsonScanner scanner = new JsonScanner(json, maxNesting);
        List<JsonMember> members = new ArrayList<>();
        scanner.skipWhiteSpace();
        if (scanner.peek() != '{') {
            throw scanner.fault("a JSON object is expected");
        }
        scanner.skipObject((nameStart, nameEnd, start, end) ->
                members.add(new JsonMember(JsonStrings.unescape(json, nameStart, nameEnd), start, end)));
        scanner.expectEnd();
        return members;
    }

    /**
     * Lists the elements of the array that the bytes are, in their order.
     *
     * @param maxNesting how deep arrays and objects may nest in each element; a scalar has depth 0
     * @throws JsonSyntaxException if the bytes are not one JSON array, or nest deeper
     */
    public static List<JsonElement> elements(byte[] json, int maxNesting) throws JsonSyntaxException {
        JsonScanner scanner = new JsonScanner(json, maxNesting);
        List<JsonElement> elements = new ArrayList<>();
        scanner.skipWhiteSpace();
        if (scanner.peek() != '[') {
            throw scanner.fault("a JSON array is expected");
        }
        scanner.skipArray((start, end) -> elements.add(new JsonElement(start, end)));
        scanner.expectEnd();
        return elements;
    }

    @FunctionalInterface
    private interface Elements {
        void element(int start, int end);
    }

    @FunctionalInterface
    private interface Members {
        void member(int nameStart, int nameEnd, int start, int end);
    }

    private static final Members NOBODY = (nameStart, nameEnd, start, end) -> {};
    private static final Elements NONE = (start, end) -> {};

    private void skipValue() throws JsonSyntaxException {
        switch (peek()) {
            case '{' -> {
                enter();
                skipObject(NOBODY);
                nesting--;
            }
            case '[' -> {
                enter();
                skipArray(NONE);
                nesting--;
            }
            case '"' -> skipString();
            case 't' -> skipLiteral("true");
            case 'f' -> skipLiteral("false");
            case 'n' -> skipLiteral("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> skipNumber();
            default -> throw fault("a JSON value is expected");
        }
    }

    private void enter() throws JsonSyntaxException {
        if (++nesting > maxNesting) {
            throw fault("arrays and objects are nested deeper than " + maxNesting);
        }
    }

    private void skipObject(Members members) throws JsonSyntaxException {
        at++;
        skipWhiteSpace();
        if (skipIf('}')) {
            return;
        }
        do {
            skipWhiteSpace();
            int nameStart = at;
            if (peek() != '"') {
                throw fault("a member's name in double quotes is expected");
            }
            skipString();
            int nameEnd = at;
            skipWhiteSpace();
            expect(':');
            skipWhiteSpace();
            int start = at;
            skipValue();
            members.member(nameStart, nameEnd, start, at);
            skipWhiteSpace();
        } while (skipIf(','));
        expect('}');
    }

    private void skipArray(Elements elements) throws JsonSyntaxException {
        at++;
        skipWhiteSpace();
        if (skipIf(']')) {
            return;
        }
        do {
            skipWhiteSpace();
            int start = at;
            skipValue();
            elements.element(start, at);
            skipWhiteSpace();
        } while (skipIf(','));
        expect(']');
    }

    private void skipString() throws JsonSyntaxException {
        at++;
        while (true) {
            skipPlainText();
            int b = peek();
            if (b == '"') {
                at++;
                return;
            } else if (b == '\\') {
                skipEscape();
            } else if (b >= 0x80) {
                skipMultiByte(b);
            } else if (b == END) {
                throw fault("a closing quote is expected");
            } else {
                throw fault("a control character in a string must be escaped");
            }
        }
    }

    /** ASCII without escapes: nearly all of most strings, in a loop of its own that the compiler keeps in registers. */
    private void skipPlainText() {
        int next = at;
        while (next < json.length && json[next] >= 0x20 && json[next] != '"' && json[next] != '\\') {
            next++;
        }
        at = next;
    }

    private void skipEscape() throws JsonSyntaxException {
        at++;
        switch (peek()) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at++;
            case 'u' -> {
                at++;
                for (int i = 0; i < 4; i++, at++) {
                    if (Character.digit(peek(), 16) < 0) {
                        throw fault("\\u needs four hexadecimal digits");
                    }
                }
            }
            default -> throw fault("an unknown escape in a string");
        }
    }

    /** The well-formed sequences of RFC 3629, section 4: no overlong forms, no surrogates, nothing above U+10FFFF. */
    private void skipMultiByte(int lead) throws JsonSyntaxException {
        if (lead >= 0xC2 && lead <= 0xDF) {
            skipContinuations(0x80, 0xBF, 1);
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            skipContinuations(lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF, 2);
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            skipContinuations(lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF, 3);
        } else {
            throw fault("invalid UTF-8");
        }
    }

    private void skipContinuations(int least, int most, int count) throws JsonSyntaxException {
        int min = least;
        int max = most;
        for (int i = 1; i <= count; i++) {
            int b = at + i < json.length ? json[at + i] & 0xFF : END;
            if (b < min || b > max) {
                throw fault("invalid UTF-8");
            }
            min = 0x80;
            max = 0xBF;
        }
        at += count + 1;
    }

    private void skipNumber() throws JsonSyntaxException {
        skipIf('-');
        if (!skipIf('0')) {
            skipDigits();
        }
        if (skipIf('.')) {
            skipDigits();
        }
        if (skipIf('e') || skipIf('E')) {
            if (!skipIf('+')) {
                skipIf('-');
            }
            skipDigits();
        }
    }

    private void skipDigits() throws JsonSyntaxException {
        if (!isDigit(peek())) {
            throw fault("a digit is expected");
        }
        while (isDigit(peek())) {
            at++;
        }
    }

    private static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    private void skipLiteral(String literal) throws JsonSyntaxException {
        for (byte expected : literal.getBytes(US_ASCII)) {
            if (peek() != expected) {
                throw fault("a JSON value is expected");
            }
            at++;
        }
    }

    private void skipWhiteSpace() {
        while (at < json.length && isWhiteSpace(json[at])) {
            at++;
        }
    }

    private static boolean isWhiteSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private void expect(char expected) throws JsonSyntaxException {
        if (!skipIf(expected)) {
            throw fault("'" + expected + "' is expected");
        }
    }

    private void expectEnd() throws JsonSyntaxException {
        skipWhiteSpace();
        if (at < json.length) {
            throw fault("nothing may follow the JSON value");
        }
    }

    private boolean skipIf(char wanted) {
        boolean there = peek() == wanted;
        if (there) {
            at++;
        }
        return there;
    }

    private static final int END = -1;

    private int peek() {
        return at < json.length ? json[at] & 0xFF : END;
    }

    private JsonSyntaxException fault(String message) {
        return new JsonSyntaxException(at < json.length ? message : message + ", but the text ends", at);
    }
}
