package io.sluice.api.documents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The type that bytes are taken for, by themselves and by what is said of them. */
class DocumentTypeTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "%PDF-1.7,           -,                              -,            PDF",
                "junk %PDF-1.7,      application/pdf,                -,            PDF",
                "junk %PDF-1.7,      application/octet-stream,       letter.pdf,   PDF",
                "'junk\0 %PDF-1.7', text/plain,                     letter.txt,   PDF",
                "A %PDF- begins it., text/plain,                     letter.txt,   TEXT",
                "A %PDF- begins it., text/markdown,                  -,            MARKDOWN",
                "hello,              text/plain,                     -,            TEXT",
                "hello,              text/plain; charset=utf-8,      README.md,    MARKDOWN",
                "hello,              TEXT/Markdown,                  -,            MARKDOWN",
                "hello,              application/octet-stream,       README.MD,    MARKDOWN",
                "hello,              application/x-www-form-urlencoded, page.htm,  HTML",
                "<html>,             text/html,                      letter.txt,   HTML",
                "<html>,             application/xhtml+xml,          -,            HTML",
                "hello,              text/plain,                     letter.pdf,   -",
                "hello,              application/pdf,                -,            -",
                "hello,              -,                              letter,       -",
                "hello,              application/msword,             letter.doc,   -",
                "hello,              -,                              -,            -"
            })
    void theFirstBytesTellAPdfAndOfATextWhatIsSaid(String bytes, String declared, String name, DocumentType type) {
        assertThat(DocumentType.detect(bytes.getBytes(ISO_8859_1), declared, name == null ? List.of() : List.of(name))
                        .orElse(null))
                .isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"false, 'hello\0'", "true, '\u00ff\u00feh\0i\0'", "true, '\u00fe\u00ff\0h\0i'"})
    void bytesThatAreNoTextAreNotTakenForOne(boolean taken, String bytes) {
        assertThat(DocumentType.detect(bytes.getBytes(ISO_8859_1), "text/plain", List.of())
                        .isPresent())
                .isEqualTo(taken);
    }
}
