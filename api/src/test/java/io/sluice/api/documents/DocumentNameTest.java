package io.sluice.api.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that clients give, and those that are kept. */
class DocumentNameTest {

    static Stream<Arguments> names() {
        return Stream.of(
                Arguments.of("letter.pdf", "letter.pdf"),
                Arguments.of("../../etc/passwd", "passwd"),
                Arguments.of("C:\\Users\\Ada\\letter.pdf", "letter.pdf"),
                Arguments.of("/tmp/", "document.pdf"),
                Arguments.of(" two  words\r\nX: 1\0 ", "two  wordsX: 1"),
                Arguments.of("pdf.\u202egpj", "pdf.gpj"),
                Arguments.of("re\u0301sume\u0301 \ud83d\ude00.pdf", "r\u00e9sum\u00e9 \ud83d\ude00.pdf"),
                Arguments.of("half \ud83d", "half"),
                Arguments.of("", "document.pdf"),
                Arguments.of(null, "document.pdf"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNameIsOneLineAndNoPath(String said, String name) {
        assertThat(DocumentName.of(said, DocumentType.PDF)).isEqualTo(name);
    }

    @Test
    void aLongOneIsCutBetweenCharacters() {
        assertThat(DocumentName.of("\ud83d\ude00".repeat(300), DocumentType.PDF))
                .isEqualTo("\ud83d\ude00".repeat(200));
    }
}
