package io.sluice.documents;

import static io.sluice.documents.TestDocuments.read;
import static io.sluice.documents.TestDocuments.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.documents.UnreadableDocumentException.Reason;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTextTest {

    static Stream<Arguments> documents() {
        return Stream.of(
                arguments(
                        "marks",
                        "One *word* and **two** of [a link](https://example.org \"t\").",
                        "One word and two of a link."),
                arguments("code", "Run `a * b`:\n\n```sh\nls  -l\ncd /\n```\n", "Run a * b:\nls -l\ncd /"),
                arguments("front matter", "---\ntitle: A\n\ntags: [b]\n---\nText.", "Text."),
                arguments("TOML", "+++\ntitle = 'A'\n+++\nText.", "Text."),
                arguments("a break is no front matter", "---\n\nOne.\n\n---\nTwo.", "One.\nTwo."),
                arguments("no end of front matter", "---\ntitle: A", "title: A"),
                arguments("a table", "|Age|Dose|\n|-|-|\n|6–12|200 mg|\n", "Age | Dose\n6–12 | 200 mg"),
                arguments("HTML", "10<sup>9</sup> <!-- c --><br>b\n\n<div hidden>x</div>", "10⁹\nb"),
                arguments("a list", "1. Wash.\n2. Open.\n   - Pull\n", "Wash.\nOpen.\nPull"),
                arguments("less than", "If < 400 mg or <5 %, ask.", "If < 400 mg or <5 %, ask."),
                arguments("a picture", "![Two tablets](a.png)", "Two tablets"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void readsTheTextAlone(String name, String markdown, String expected) throws UnreadableDocumentException {
        assertThat(text(DocumentType.MARKDOWN, markdown)).isEqualTo(expected);
    }

    @Test
    void keepsHeadings() throws UnreadableDocumentException {
        // When
        List<Passage> passages = read(DocumentType.MARKDOWN, "# A\nOne.\n## B `c`\nTwo.\n\nD\n=\nThree.");

        // Then
        assertThat(passages)
                .extracting(Passage::headings)
                .containsExactly(List.of("A"), List.of("A", "B c"), List.of("D"));
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                arguments("Latin-1", "5 µg".getBytes(ISO_8859_1), Reason.NOT_UTF_8),
                arguments("front matter alone", "---\na: b\n---\n".getBytes(UTF_8), Reason.NO_TEXT),
                arguments(
                        "too many bytes", "a".repeat(MarkdownText.MAX_BYTES + 1).getBytes(UTF_8), Reason.TOO_LARGE),
                arguments("too many marks", "*a* ".repeat(150_001).getBytes(UTF_8), Reason.TOO_COMPLEX),
                arguments("nested a million times", "> ".repeat(1_000_000).getBytes(UTF_8), Reason.TOO_COMPLEX));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void saysWhyItDoesNotRead(String name, byte[] content, Reason reason) {
        assertThatThrownBy(() -> read(DocumentType.MARKDOWN, content))
                .isInstanceOfSatisfying(UnreadableDocumentException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }

    /** Reads them, or says that it does not. */
    @ParameterizedTest
    @ValueSource(strings = {"> ", "- ", "[", "*a ", "![", "<b>", "**_", "`a "})
    void endsWithWhatIsNestedDeeply(String opening) {
        try {
            assertThat(text(DocumentType.MARKDOWN, opening.repeat(20_000) + "400 mg"))
                    .contains("400");
        } catch (UnreadableDocumentException refused) {
            assertThat(refused.reason()).isEqualTo(Reason.TOO_COMPLEX);
        }
    }
}
