package io.sluice.contract.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonStringsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"\"|``",
                "\"plain é\"|plain é",
                "\"\\\"\\\\\\/\"|\"\\/",
                "\"\\u0041\\u00e9\\uD83D\\ude80\"|Aé🚀",
                "\"\\\\u0041\"|\\u0041",
                "\"a\\nb\"|`a\nb`"
            })
    void escapesAreRead(String json, String text) {
        byte[] bytes = json.getBytes(UTF_8);

        assertThat(JsonStrings.unescape(bytes, 0, bytes.length)).isEqualTo(text);
    }

    @Test
    void aSliceOfALongerTextIsRead() {
        assertThat(JsonStrings.unescape("{\"é\":\"b\\t\"}".getBytes(UTF_8), 6, 11))
                .isEqualTo("b\t");
    }

    @Test
    void whatIsWrittenIsReadable() {
        StringBuilder json = new StringBuilder("name=");

        JsonStrings.quote("\"\\/é🚀\n \u0000\u001f\u007f\ud800", json);

        assertThat(json).hasToString("name=\"\\\"\\\\/é🚀\\u000a \\u0000\\u001f\\u007f\\ud800\"");
    }
}
