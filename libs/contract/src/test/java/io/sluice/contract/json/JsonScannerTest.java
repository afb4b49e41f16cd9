package io.sluice.contract.json;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {

    private static final int MIB = 1 << 20;

    @Test
    void elementsAreSlicesOfTheArray() throws Exception {
        byte[] array = " [ 1 ,{\"a\":[2]},\"],\" , [] ]\n".getBytes(UTF_8);

        assertThat(JsonScanner.elements(array, 2))
                .extracting(element -> new String(array, element.start(), element.end() - element.start(), UTF_8))
                .containsExactly("1", "{\"a\":[2]}", "\"],\"", "[]");
        assertThat(JsonScanner.elements("[]".getBytes(UTF_8), 2)).isEmpty();
        assertThatThrownBy(() -> JsonScanner.elements(array, 1)).hasMessageContaining("nested deeper than 1");
        for (String none : List.of("{}", "[1", "[1]]", "[1,]", "", "[1] 2")) {
            assertThatThrownBy(() -> JsonScanner.elements(none.getBytes(UTF_8), 2))
                    .as(none)
                    .isInstanceOf(JsonSyntaxException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "false",
                "0",
                "-0",
                "7",
                "1234567890123456789012345678901234567890",
                "-0.5",
                "10.010",
                "0e0",
                "0E+00",
                "1e-007",
                "1e200000",
                "-1.5E-999999999999",
                "\"\"",
                "\"a\"",
                "\"\u007f\"",
                "\"é€🚀\"",
                "\"\u2028\u2029\ufeff\uffff\"",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                "\"\\u0000\\u00e9\\u00E9\\uABCD\\uabcd\"",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\"\\ud83d\\ude80\"",
                "\"// no comment\"",
                "[]",
                "[ ]",
                "[[],[[]]]",
                "[null,true,false,0,\"\",{}]",
                " [ 1 ,\t2 ,\r\n3 ] ",
                "{}",
                "{\n}",
                "{\"\":0}",
                "{\"a\":{\"b\":{\"c\":[]}}}",
                "{\"a\":1,\"a\":2}",
                "{ \"a\" : 1 , \"b\" : 2 }",
                "{\"\\u0061\":1,\"a\":2}",
                "\r\n\t 1 \t\n\r"
            })
    void whatTheRfcAllowsPasses(String json) {
        assertThatCode(() -> JsonScanner.check(json.getBytes(UTF_8), 5)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "``|0|a JSON value is expected, but the text ends",
                "` `|1|a JSON value is expected, but the text ends",
                "nul|3|a JSON value is expected, but the text ends",
                "nulL|3|a JSON value is expected",
                "Null|0|a JSON value is expected",
                "nullx|4|nothing may follow the JSON value",
                "truefalse|4|nothing may follow the JSON value",
                "1 2|2|nothing may follow the JSON value",
                "NaN|0|a JSON value is expected",
                "Infinity|0|a JSON value is expected",
                "-Infinity|1|a digit is expected",
                "undefined|0|a JSON value is expected",
                "'a'|0|a JSON value is expected",
                "+1|0|a JSON value is expected",
                ".5|0|a JSON value is expected",
                "-|1|a digit is expected, but the text ends",
                "-.5|1|a digit is expected",
                "- 1|1|a digit is expected",
                "--1|1|a digit is expected",
                "01|1|nothing may follow the JSON value",
                "-01|2|nothing may follow the JSON value",
                "00|1|nothing may follow the JSON value",
                "1.|2|a digit is expected, but the text ends",
                "1.e5|2|a digit is expected",
                "1e|2|a digit is expected, but the text ends",
                "1e+|3|a digit is expected, but the text ends",
                "1e+-1|3|a digit is expected",
                "1e1.5|3|nothing may follow the JSON value",
                "0x1F|1|nothing may follow the JSON value",
                "1_000|1|nothing may follow the JSON value",
                "１|0|a JSON value is expected",
                "\"|1|a closing quote is expected, but the text ends",
                "\"a|2|a closing quote is expected, but the text ends",
                "\"\\|2|an unknown escape in a string, but the text ends",
                "\"\\\"|3|a closing quote is expected, but the text ends",
                "\"\\a\"|2|an unknown escape in a string",
                "\"\\'\"|2|an unknown escape in a string",
                "\"\\U0041\"|2|an unknown escape in a string",
                "\"\\x41\"|2|an unknown escape in a string",
                "\"\\u12\"|5|\\u needs four hexadecimal digits",
                "\"\\u12g4\"|5|\\u needs four hexadecimal digits",
                "\"\\u+123\"|3|\\u needs four hexadecimal digits",
                "\"\\u１234\"|3|\\u needs four hexadecimal digits",
                "\"\\uݦ000\"|3|\\u needs four hexadecimal digits",
                "\"\\u123|6|\\u needs four hexadecimal digits, but the text ends",
                "\"\\u{41}\"|3|\\u needs four hexadecimal digits",
                "[|1|a JSON value is expected, but the text ends",
                "]|0|a JSON value is expected",
                "[1|2|']' is expected, but the text ends",
                "[1,|3|a JSON value is expected, but the text ends",
                "[1,]|3|a JSON value is expected",
                "[,1]|1|a JSON value is expected",
                "[1,,2]|3|a JSON value is expected",
                "[1 2]|3|']' is expected",
                "[1}|2|']' is expected",
                "[\"a\":1]|4|']' is expected",
                "[1]]|3|nothing may follow the JSON value",
                "{|1|a member's name in double quotes is expected, but the text ends",
                "}|0|a JSON value is expected",
                "{\"a\"|4|':' is expected, but the text ends",
                "{\"a\":|5|a JSON value is expected, but the text ends",
                "{\"a\":1|6|'}' is expected, but the text ends",
                "{\"a\":1,|7|a member's name in double quotes is expected, but the text ends",
                "{\"a\":1,}|7|a member's name in double quotes is expected",
                "{,}|1|a member's name in double quotes is expected",
                "{a:1}|1|a member's name in double quotes is expected",
                "{'a':1}|1|a member's name in double quotes is expected",
                "{1:1}|1|a member's name in double quotes is expected",
                "{\"a\" 1}|5|':' is expected",
                "{\"a\"::1}|5|a JSON value is expected",
                "{\"a\":1 \"b\":2}|7|'}' is expected",
                "{\"a\":1]|6|'}' is expected",
                "{}{}|2|nothing may follow the JSON value",
                "/**/1|0|a JSON value is expected",
                "1 // one|2|nothing may follow the JSON value",
                "[1 /* one */]|3|']' is expected",
                "# one|0|a JSON value is expected",
            })
    void whatTheRfcForbidsIsRefusedWhereItStands(String json, int offset, String message) {
        assertThatThrownBy(() -> JsonScanner.check(json.getBytes(UTF_8), 5))
                .isInstanceOfSatisfying(JsonSyntaxException.class, refused -> assertThat(refused.offset())
                        .isEqualTo(offset))
                .hasMessage(message + " (at byte " + offset + ")");
    }

    @Test
    void eachControlCharacterInAStringMustBeEscaped() {
        for (char c = 0; c < 0x20; c++) {
            String json = "\"" + c + "\"";
            assertThatThrownBy(() -> JsonScanner.check(json.getBytes(UTF_8), 5))
                    .isInstanceOf(JsonSyntaxException.class)
                    .hasMessage("a control character in a string must be escaped (at byte 1)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\f", "\u000b", "\u00a0", "\u0085", "\u2028", "\u3000", "\ufeff"})
    void noOtherWhiteSpaceIsAllowed(String space) {
        assertRefused((space + "1").getBytes(UTF_8), "a JSON value is expected (at byte 0)");
        assertRefused(("1" + space).getBytes(UTF_8), "nothing may follow the JSON value (at byte 1)");
    }

    static final List<String> NOT_UTF8 = List.of(
            "80", // a continuation alone
            "bf", //
            "c0 80", // overlong U+0000
            "c1 bf", // overlong U+007F
            "e0 9f bf", // overlong U+07FF
            "f0 8f bf bf", // overlong U+FFFF
            "ed a0 80", // U+D800
            "ed bf bf", // U+DFFF
            "f4 90 80 80", // U+110000
            "f5 80 80 80", //
            "f8 88 80 80 80", // five bytes
            "fe", //
            "ff", //
            "c3 28", // no continuation
            "c3 c3 a9", //
            "e2 28 ac", //
            "e2 82 28", //
            "f0 9f 9a 28", //
            "f0 9f 28 80");

    @ParameterizedTest
    @FieldSource("NOT_UTF8")
    void whatIsNotUtf8IsRefused(String sequence) {
        byte[] json = HexFormat.of().parseHex("22" + sequence.replace(" ", "") + "22");

        assertRefused(json, "invalid UTF-8 (at byte 1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c3", "e2", "e2 82", "f0", "f0 9f", "f0 9f 9a"})
    void aCharacterCutOffByTheEndIsRefused(String sequence) {
        byte[] json = HexFormat.of().parseHex("22" + sequence.replace(" ", ""));

        assertRefused(json, "invalid UTF-8 (at byte 1)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c2 80",
                "df bf",
                "e0 a0 80",
                "ed 9f bf",
                "ee 80 80",
                "ef bf bf",
                "f0 90 80 80",
                "f3 bf bf bf",
                "f4 8f bf bf"
            })
    void theFirstAndLastCharactersOfEachLengthPass(String sequence) {
        byte[] json = HexFormat.of().parseHex("22" + sequence.replace(" ", "") + "22");

        assertThatCode(() -> JsonScanner.check(json, 0)).doesNotThrowAnyException();
    }

    @Test
    void otherEncodingsAreRefused() {
        assertRefused("[1]".getBytes(UTF_16LE), "a JSON value is expected (at byte 1)");
        assertRefused("[1]".getBytes(UTF_16BE), "a JSON value is expected (at byte 0)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|0",
                "[]|1",
                "{}|1",
                "[[],[]]|2",
                "[{\"a\":[]}]|3",
                "[[[]],[[[]]]]|4",
                "{\"a\":{\"a\":{}},\"b\":[]}|3"
            })
    void aTextMayNestAsDeepAsAllowedAndNotDeeper(String json, int depth) {
        assertThatCode(() -> JsonScanner.check(json.getBytes(UTF_8), depth)).doesNotThrowAnyException();
        if (depth > 0) {
            assertThatThrownBy(() -> JsonScanner.check(json.getBytes(UTF_8), depth - 1))
                    .hasMessageStartingWith("arrays and objects are nested deeper than " + (depth - 1));
        }
    }

    @Test
    void aTextThatOnlyOpensIsRefusedAndNotFollowed() {
        String tooDeep = "arrays and objects are nested deeper than 500";

        assertRefused("[".repeat(MIB).getBytes(UTF_8), tooDeep);
        assertRefused("{\"a\":".repeat(MIB / 5).getBytes(UTF_8), tooDeep);
        assertRefused("[{\"a\":".repeat(MIB / 6).getBytes(UTF_8), tooDeep);
        assertThatThrownBy(() -> JsonScanner.members("{\"a\":".repeat(MIB / 5).getBytes(UTF_8), 500))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessageStartingWith(tooDeep);
    }

    @Test
    void membersAreSlicesInTheirOrder() throws Exception {
        // Given
        String json = " {\"id\" : \"7\",\n\"payload\":\t[1, {\"id\":2} ] , \"\\u0069d\":1e2,\"é\":\"é\",\"\":{}} ";

        // When
        List<JsonMember> members = JsonScanner.members(json.getBytes(UTF_8), 2);

        // Then
        assertThat(members).extracting(JsonMember::name).containsExactly("id", "payload", "id", "é", "");
        assertThat(members)
                .extracting(member -> slice(json, member))
                .containsExactly("\"7\"", "[1, {\"id\":2} ]", "1e2", "\"é\"", "{}");
    }

    @Test
    void anEmptyObjectHasNoMembers() throws Exception {
        assertThat(JsonScanner.members(" { } ".getBytes(UTF_8), 0)).isEmpty();
    }

    @Test
    void theNestingOfMembersIsCountedFromTheirValues() throws Exception {
        byte[] json = "{\"a\":[[]]}".getBytes(UTF_8);

        assertThat(JsonScanner.members(json, 2)).hasSize(1);
        assertThatThrownBy(() -> JsonScanner.members(json, 1))
                .hasMessage("arrays and objects are nested deeper than 1 (at byte 6)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|a JSON object is expected, but the text ends (at byte 0)",
                "[]|a JSON object is expected (at byte 0)",
                "\"{}\"|a JSON object is expected (at byte 0)",
                "null|a JSON object is expected (at byte 0)",
                "{\"a\":1}{}|nothing may follow the JSON value (at byte 7)",
                "{\"a\":1|'}' is expected, but the text ends (at byte 6)"
            })
    void onlyOneWholeObjectHasMembers(String json, String message) {
        assertThatThrownBy(() -> JsonScanner.members(json.getBytes(UTF_8), 5))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessage(message);
    }

    private static void assertRefused(byte[] json, String message) {
        assertThatThrownBy(() -> JsonScanner.check(json, 500))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessageStartingWith(message);
    }

    private static String slice(String json, JsonMember member) {
        return new String(json.getBytes(UTF_8), member.start(), member.end() - member.start(), UTF_8);
    }
}
