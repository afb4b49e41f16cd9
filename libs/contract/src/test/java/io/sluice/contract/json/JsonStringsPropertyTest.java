package io.sluice.contract.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonStringsPropertyTest {

    private static final JsonFactory JACKSON = new JsonFactory();

    @Property
    void unescapeReadsWhatJacksonReads(@ForAll("strings") String json) throws Exception {
        byte[] bytes = json.getBytes(UTF_8);

        JsonScanner.check(bytes, 0);
        assertThat(JsonStrings.unescape(bytes, 0, bytes.length)).isEqualTo(textByJackson(bytes));
    }

    @Property(tries = 3_000)
    void quoteWritesAnyTextWhole(@ForAll("texts") String text) throws Exception {
        // When
        StringBuilder json = new StringBuilder();
        JsonStrings.quote(text, json);

        // Then
        byte[] bytes = json.toString().getBytes(UTF_8);
        JsonScanner.check(bytes, 0);
        assertThat(textByJackson(bytes)).isEqualTo(text);
        assertThat(JsonStrings.unescape(bytes, 0, bytes.length)).isEqualTo(text);
    }

    @Provide
    Arbitrary<String> strings() {
        return JsonTexts.string();
    }

    /** Halves of surrogate pairs included, alone, in the wrong order and paired. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<Character> any = Arbitraries.chars().range('\u0000', '\uffff');
        Arbitrary<Character> ascii = Arbitraries.chars().range('\u0000', '\u007f');
        Arbitrary<Character> halves = Arbitraries.of('\ud800', '\ud83d', '\udbff', '\udc00', '\ude80', '\udfff');
        return Arbitraries.oneOf(any, ascii, halves).list().ofMaxSize(8).map(chars -> {
            StringBuilder text = new StringBuilder();
            chars.forEach(text::append);
            return text.toString();
        });
    }

    private static String textByJackson(byte[] json) throws IOException {
        try (JsonParser parser = JACKSON.createParser(json)) {
            parser.nextToken();
            return parser.getText();
        }
    }
}
