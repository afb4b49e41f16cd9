package io.sluice.contract.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static net.jqwik.api.statistics.Statistics.coverage;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

class JsonScannerPropertyTest {

    private static final int MAX_NESTING = 20;

    private static final JsonFactory JACKSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
            .build();

    /** Of a character after \\u Jackson looks at the low byte alone, and takes U+0766, say, for the digit 0x66, an f. */
    private static final Pattern MISREAD_ESCAPE =
            Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u\\p{XDigit}{0,3}[^\\p{ASCII}]");

    @Property(tries = 10_000)
    @StatisticsReport(StatisticsReportMode.OFF)
    void whatPassesIsWhatJacksonReads(@ForAll("bytes") byte[] json) throws IOException {
        boolean valid = passes(json);

        assertThat(valid).as(new String(json, UTF_8)).isEqualTo(jacksonReads(json));
        Statistics.collect(valid ? "valid" : "invalid");
        coverage(checker -> {
            checker.check("valid").percentage(part -> part > 10);
            checker.check("invalid").percentage(part -> part > 10);
        });
    }

    @Property
    void everyGeneratedValuePasses(@ForAll("values") String json) throws Exception {
        JsonScanner.check(json.getBytes(UTF_8), Integer.MAX_VALUE);
    }

    @Property
    void membersAreExactSlices(
            @ForAll @Size(max = 4) List<@From("strings") String> names, @ForAll("values") String value)
            throws Exception {
        // Given
        StringBuilder json = new StringBuilder("{");
        List<Integer> starts = new ArrayList<>();
        for (String name : names) {
            json.append(starts.isEmpty() ? "" : ",").append(name).append(" : ");
            starts.add(json.toString().getBytes(UTF_8).length);
            json.append(value).append(' ');
        }
        json.append("}");

        // When
        List<JsonMember> members = JsonScanner.members(json.toString().getBytes(UTF_8), Integer.MAX_VALUE);

        // Then
        int length = value.getBytes(UTF_8).length;
        assertThat(members).extracting(JsonMember::start).isEqualTo(starts);
        assertThat(members)
                .allSatisfy(member -> assertThat(member.end() - member.start()).isEqualTo(length));
        assertThat(members)
                .extracting(JsonMember::name)
                .isEqualTo(names.stream()
                        .map(JsonScannerPropertyTest::textByJackson)
                        .toList());
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return JsonTexts.bytes();
    }

    @Provide
    Arbitrary<String> values() {
        return JsonTexts.value();
    }

    @Provide
    Arbitrary<String> strings() {
        return JsonTexts.string();
    }

    /** Any other exception fails the property. */
    private static boolean passes(byte[] json) {
        try {
            JsonScanner.check(json, MAX_NESTING);
            return true;
        } catch (JsonSyntaxException refused) {
            return false;
        }
    }

    /**
     * True if Jackson reads exactly one value. It gets characters: of bytes it would guess the encoding, skip a byte order
     * mark, and let some of what is not UTF-8 pass, where Sluice takes nothing but UTF-8.
     */
    private static boolean jacksonReads(byte[] json) throws IOException {
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
        if (MISREAD_ESCAPE.matcher(text).find()) {
            return false;
        }
        try (JsonParser parser = JACKSON.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            int open = 0;
            do {
                JsonToken token = parser.currentToken();
                if (token == JsonToken.VALUE_STRING) {
                    // Else Jackson would skip the string without a look at it.
                    parser.getText();
                }
                open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            } while (open > 0 && parser.nextToken() != null);
            // It reads texts one after the other, where Sluice takes one.
            return open == 0 && parser.nextToken() == null;
        } catch (JsonProcessingException invalid) {
            return false;
        }
    }

    private static String textByJackson(String jsonString) {
        try (JsonParser parser = JACKSON.createParser(jsonString)) {
            parser.nextToken();
            return parser.getText();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
