package io.sluice.api.requests;

import static io.sluice.api.requests.Request.post;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.util.stream.Stream;

/** The syntax of a body: RFC 8259 and, for its bytes, RFC 3629. */
final class BodyCases {

    private static final int MAX_NESTING = 500;

    private BodyCases() {}

    static Stream<Case> cases() {
        return Stream.of(objects(), syntax(), encodings()).flatMap(cases -> cases);
    }

    private static Stream<Case> objects() {
        return Stream.of(
                post(" \t\r\n{ 'payload' : null } \t\r\n").gets(202),
                post("{'payload':false}").gets(202),
                post("{'payload':''}").gets(202),
                post("{'payload':-0}").gets(202),
                post("{'payload':1e200000}").gets(202),
                post("{'payload':{'a':1,'a':2}}").gets(202),
                post("{'p\\u0061yload':1}").gets(202),
                post("{'payload':" + nested(MAX_NESTING) + "}").gets(202),
                isNoObject(" \n", "a JSON object is expected, but the text ends (at byte 2)"),
                isNoObject("null", "a JSON object is expected"),
                isNoObject("1", "a JSON object is expected"),
                isNoObject("'payload'", "a JSON object is expected"),
                post("[{'payload':1}]").gets(202),
                isNoObject("{'payload':" + nested(MAX_NESTING + 1) + "}", "nested deeper than 500"),
                isNoObject("{'payload':" + "[".repeat(200_000), "nested deeper than 500"),
                isNoObject("{'payload':" + "{'a':".repeat(MAX_NESTING + 1), "nested deeper than 500"));
    }

    private static Stream<Case> syntax() {
        return Stream.of(
                isNoObject("{", "a member's name in double quotes is expected, but the text ends"),
                isNoObject("{'payload'", "':' is expected, but the text ends"),
                isNoObject("{'payload':", "a JSON value is expected, but the text ends"),
                isNoObject("{'payload':'a", "a closing quote is expected"),
                isNoObject("{'payload':1,}", "a member's name in double quotes is expected (at byte 13)"),
                isNoObject("{,'payload':1}", "a member's name in double quotes is expected"),
                isNoObject("{'payload':1;'key':'a'}", "'}' is expected"),
                isNoObject("{'payload'=1}", "':' is expected"),
                isNoObject("{payload:1}", "a member's name in double quotes is expected"),
                isNoObject("{'payload':1}}", "nothing may follow the JSON value"),
                isNoObject("{'payload':1}\n{'payload':2}", "nothing may follow the JSON value"),
                isNoObject("{'payload':1} // one", "nothing may follow the JSON value"),
                isNoObject("/* one */ {'payload':1}", "a JSON object is expected"),
                isNoObject("{'payload':[1,]}", "a JSON value is expected"),
                isNoObject("{'payload':[1 2]}", "']' is expected"),
                isNoObject("{'payload':[1}", "']' is expected"),
                isNoObject("{'payload':tru}", "a JSON value is expected"),
                isNoObject("{'payload':TRUE}", "a JSON value is expected"),
                isNoObject("{'payload':undefined}", "a JSON value is expected"),
                isNoObject("{'payload':NaN}", "a JSON value is expected"),
                isNoObject("{'payload':-Infinity}", "a digit is expected"),
                isNoObject("{'payload':+1}", "a JSON value is expected"),
                isNoObject("{'payload':01}", "'}' is expected"),
                isNoObject("{'payload':0x1}", "'}' is expected"),
                isNoObject("{'payload':.5}", "a JSON value is expected"),
                isNoObject("{'payload':1.}", "a digit is expected"),
                isNoObject("{'payload':1e}", "a digit is expected"),
                isNoObject("{'payload':'\\x'}", "an unknown escape in a string"),
                isNoObject("{'payload':'\\u12'}", "\\\\u needs four hexadecimal digits"),
                isNoObject("{'payload':'\\u12G4'}", "\\\\u needs four hexadecimal digits"),
                isNoObject("{'payload':'a\tb'}", "a control character in a string must be escaped"),
                isNoObject("{'payload':'a\nb'}", "a control character in a string must be escaped"),
                isNoObject("{'payload':'\0'}", "a control character in a string must be escaped"));
    }

    private static Stream<Case> encodings() {
        return Stream.of(
                post("{'payload':'\u00e4\u20ac\ud83d\ude00\uffff\u2028'}").gets(202),
                post("{'payload':'\\ud800 \\u0000'}").gets(202),
                isNotUtf8("é"),
                isNotUtf8("\u00C0\u0080"),
                isNotUtf8("\u00E0\u0080\u0080"),
                isNotUtf8("\u00ED\u00A0\u0080"),
                isNotUtf8("\u00F4\u0090\u0080\u0080"),
                isNotUtf8("\u00FF"),
                isNotUtf8("\u0080"),
                isNotUtf8("\u00E2\u0082"),
                post(bytes("{\"payl\u00FFoad\":1}")).breaks("body", "invalid UTF-8"),
                post(bytes("\u00EF\u00BB\u00BF{\"payload\":1}")).breaks("body", "without a byte order mark"),
                post("{\"payload\":1}".getBytes(UTF_16LE)).breaks("body", "must be one JSON object in UTF-8"),
                post("{\"payload\":1}".getBytes(UTF_16BE)).breaks("body", "must be one JSON object in UTF-8"),
                post("\ufeff{\"payload\":1}".getBytes(UTF_16BE)).breaks("body", "must be one JSON object in UTF-8"));
    }

    private static Case isNoObject(String json, String detail) {
        return post(json).breaks("body", "must be one JSON object in UTF-8: ").andTells(detail);
    }

    private static Case isNotUtf8(String inPayload) {
        return post(bytes("{\"payload\":\"" + inPayload + "\"}")).breaks("body", "invalid UTF-8 (at byte 12)");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }
}
