package io.sluice.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTypeTest {

    @ParameterizedTest(name = "{0} that begins with {1}")
    @CsvSource({
        "application/pdf, %PDF-1.7, PDF",
        "text/plain, %PDF-1.7, PDF",
        "image/png, %PDF-1.7, PDF",
        "application/pdf, <html>, PDF",
        "text/html, <html>, HTML",
        "text/html;charset=utf-8, <html>, HTML",
        "TEXT/HTML, <html>, HTML",
        "application/xhtml+xml, <?xml, HTML",
        "text/markdown; variant=GFM, # A, MARKDOWN",
        "text/plain, # A, TEXT",
        "text/plain, '', TEXT",
        "text/csv, a,",
        "application/msword, a,",
        "'', a,",
    })
    void isToldByThePdfHeaderOrElseTheDeclaredType(String declared, String head, DocumentType type) {
        assertThat(DocumentType.of(declared, head.getBytes(UTF_8))).isEqualTo(Optional.ofNullable(type));
    }
}
