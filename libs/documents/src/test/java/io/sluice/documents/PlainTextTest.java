package io.sluice.documents;

import static io.sluice.documents.TestDocuments.read;
import static io.sluice.documents.TestDocuments.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.documents.UnreadableDocumentException.Reason;
import java.nio.charset.Charset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlainTextTest {

    private static final String LONG = "Adults take one tablet of it with a glass of water each morning before the";

    static Stream<Arguments> layouts() {
        return Stream.of(
                arguments("wrapped lines", LONG + "\nbreakfast, and no more.", LONG + " breakfast, and no more."),
                arguments("a list", "Ibuprofen 400 mg\nParacetamol 500 mg", "Ibuprofen 400 mg\nParacetamol 500 mg"),
                arguments("items", LONG + "\n- one\n- two\n\nEnd", LONG + "\n- one\n- two\nEnd"),
                arguments("paragraphs", "One.\n\n\nTwo.", "One.\nTwo."),
                arguments("lines of Windows", "One.\r\n\r\nTwo.\r\nThree.", "One.\nTwo.\nThree."),
                arguments("form feeds", "One\fTwo", "One\nTwo"),
                arguments(
                        "hyphens",
                        LONG.replace("before the", "medi-") + "\ncation.",
                        LONG.replace("before the", "medication.")),
                arguments("NUL", "4\u000000 mg", "400 mg"),
                arguments("no line feed at the end", "One", "One"),
                arguments("right to left", "خذ قرصا واحدا. اشرب الماء.", "خذ قرصا واحدا. اشرب الماء."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    void readsLinesAndParagraphs(String name, String content, String expected) throws UnreadableDocumentException {
        assertThat(text(DocumentType.TEXT, content)).isEqualTo(expected);
    }

    static Stream<Arguments> encodings() {
        return Stream.of(
                arguments(UTF_8, ""),
                arguments(UTF_8, "\ufeff"),
                arguments(UTF_16BE, "\ufeff"),
                arguments(UTF_16LE, "\ufeff"));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void readsUtf8AndWhatAByteOrderMarkNames(Charset charset, String mark) throws UnreadableDocumentException {
        assertThat(TestDocuments.text(read(DocumentType.TEXT, (mark + "5 µg, 🐀").getBytes(charset))))
                .isEqualTo("5 µg, 🐀");
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                arguments("Latin-1", "5 µg".getBytes(ISO_8859_1), Reason.NOT_UTF_8),
                arguments("UTF-16 without a mark", "5 µg ∞".getBytes(UTF_16LE), Reason.NOT_UTF_8),
                arguments("half a character at the end", new byte[] {'a', (byte) 0xc2}, Reason.NOT_UTF_8),
                arguments("nothing", new byte[0], Reason.NO_TEXT),
                arguments("space", " \n\t\n\u00a0\u200b".getBytes(UTF_8), Reason.NO_TEXT),
                arguments("too much", " ".repeat(Budget.MAX_TEXT + 1).getBytes(UTF_8), Reason.TOO_LARGE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void saysWhyItDoesNotRead(String name, byte[] content, Reason reason) {
        assertThatThrownBy(() -> read(DocumentType.TEXT, content))
                .isInstanceOfSatisfying(UnreadableDocumentException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason))
                .hasMessage(reason.sentence());
    }

    @Test
    void readsALineWithoutAnEnd() throws UnreadableDocumentException {
        // When
        String read = text(DocumentType.TEXT, "wort".repeat(20_000) + " " + "word ".repeat(20_000));

        // Then
        assertThat(read.replaceAll("\\s", "")).isEqualTo("wort".repeat(20_000) + "word".repeat(20_000));
    }
}
