package io.sluice.e2e;

import java.util.SplittableRandom;

/** JSON values as no serializer would write them: whatever RFC 8259 allows. */
final class AnyJson {

    private static final String[] SPACES = {"", "", "", " ", "\n", "\t", "\r\n", "   "};
    private static final String[] ODD_NUMBERS = {
        "-0", "0e0", "1E+2", "1e200000", "-1.0e-400000", "0.1000000000000000000000000000000000001", "1e2", "100"
    };
    private static final String[] ODD_STRINGS = {
        "\\u0000", "\\ud800", "\\udc00\\ud800", "\\uD83D\\uDE00", "\\/", "\\\"\\\\\\b\\f\\n\\r\\t", "\u007f", "\u0080",
        "\u2028", "\ufeff", "\uffff", "ä", "€", "😀", "مرحبا", "e\u0301"
    };

    private final SplittableRandom random;

    AnyJson(SplittableRandom random) {
        this.random = random;
    }

    /** A value of any kind, small enough to make thousands of them. */
    String value() {
        return value(random.nextInt(6));
    }

    /** Arrays and objects, one in the other. */
    String nested(int depth) {
        StringBuilder open = new StringBuilder();
        StringBuilder close = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            boolean array = random.nextBoolean();
            open.append(array ? "[" : "{\"a\":");
            close.insert(0, array ? "]" : "}");
        }
        return open + "1" + close;
    }

    /** A string that has exactly that many bytes, its quotes included. */
    String stringOf(int bytes) {
        return "\"" + "x".repeat(bytes - 2) + "\"";
    }

    /** A number of that many digits. */
    String digits(int count) {
        StringBuilder digits = new StringBuilder("1");
        while (digits.length() < count) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 7)) {
            case 0 -> string();
            case 1 -> number();
            case 2 -> random.nextBoolean() ? "true" : "false";
            case 3 -> "null";
            case 4 -> object(depth - 1);
            default -> array(depth - 1);
        };
    }

    private String object(int depth) {
        StringBuilder object = new StringBuilder("{").append(space());
        int members = random.nextInt(4);
        for (int i = 0; i < members; i++) {
            object.append(i == 0 ? "" : ",").append(space());
            // Names may stand twice.
            object.append(random.nextInt(3) == 0 ? "\"a\"" : string());
            object.append(space())
                    .append(':')
                    .append(space())
                    .append(value(depth))
                    .append(space());
        }
        return object.append('}').toString();
    }

    private String array(int depth) {
        StringBuilder array = new StringBuilder("[").append(space());
        int elements = random.nextInt(5);
        for (int i = 0; i < elements; i++) {
            array.append(i == 0 ? "" : ",").append(space()).append(value(depth)).append(space());
        }
        return array.append(']').toString();
    }

    private String string() {
        StringBuilder string = new StringBuilder("\"");
        int parts = random.nextInt(6);
        for (int i = 0; i < parts; i++) {
            string.append(random.nextInt(3) == 0 ? oneOf(ODD_STRINGS) : Integer.toString(random.nextInt(), 36));
        }
        return string.append('"').toString();
    }

    private String number() {
        return random.nextInt(3) == 0 ? oneOf(ODD_NUMBERS) : Double.toString(random.nextDouble(-1e20, 1e20));
    }

    private String space() {
        return oneOf(SPACES);
    }

    private String oneOf(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
