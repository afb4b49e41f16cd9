package io.sluice.documents;

import static io.sluice.documents.TestDocuments.read;
import static io.sluice.documents.TestDocuments.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.documents.UnreadableDocumentException.Reason;
import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HtmlTextTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = " => ",
            value = {
                "<p>One <b>bold</b> word.</p><p>Two.</p> => One bold word.\\nTwo.",
                "a<script>b</script><style>c</style><nav>d</nav><noscript>e</noscript><template>f</template>g => ag",
                "<p>a</p><p hidden>b</p><p style='color:red; Display : none'>c</p><div style=visibility:hidden>d</div>"
                        + " => a",
                "<p>a</p><dialog>b</dialog><select><option>c</select><button>d</button><svg><text>e</text></svg> => a",
                "See <a href='https://example.org/?q=1'>the leaflet</a>. => See the leaflet.",
                "a<!-- b --><br>c => a\\nc",
                "<img alt='Two tablets' src=x> a day => Two tablets a day",
                "<ul><li>one<li>two</ul> => one\\ntwo",
                "<p>Take <s>400 mg</s> <del>300 mg</del> 200 mg</p> => Take 200 mg",
                "10<sup>2</sup> and 10<sup>&minus;9</sup> => 10² and 10⁻⁹",
                "1<sup>1</sup>&frasl;<sub>2</sub> tablets => 1¹⁄₂ tablets",
                "H<sub>2</sub>O, 1<sup>st</sup>, 10<sup>x</sup>, text<sup>[1]</sup> => H₂O, 1st, 10^x, text[1]",
                "<math><msup><mn>10</mn><mn>9</mn></msup><mo>+</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math> =>"
                        + " 10⁹+1/2",
                "1½, 10², 400&nbsp;mg, 5&thinsp;µg &lt; 6 => 1½, 10², 400 mg, 5 µg < 6",
                "<pre>a  b&#10;c</pre> => a b\\nc",
                "hyphen&shy;ation and 10&shy;20 => hyphenation and 10-20",
                "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> => 漢",
                "<table><tr><th>Age<th>Dose<tr><td>6–12<td><p>200 mg</p><p>twice</p></table> => Age | Dose\\n"
                        + "6–12 | 200 mg twice",
                "<table><tr><td></td><td>400 mg</td></tr><tr><td> </td><td></td></tr></table> => | 400 mg",
                "<table><tr><td>a<table><tr><td>b<td>c</table>d<td>e</table> => a\\nb | c\\nd\\ne",
                "a &#0; b &#x202e;c => a b c",
            })
    void readsWhatABrowserShows(String html, String expected) throws UnreadableDocumentException {
        assertThat(text(DocumentType.HTML, html)).isEqualTo(expected.replace("\\n", "\n"));
    }

    @Test
    void keepsTitleAndHeadings() throws UnreadableDocumentException {
        // When
        List<Passage> passages = read(
                DocumentType.HTML,
                """
                <html><head><title>Ibuprofen</title></head><body><h1>Ibuprofen</h1><p>It eases pain.</p>
                <h2>How to <em>take</em> it</h2><p>400 mg.</p><h2>Storage</h2><p>Below 25 °C.</p></body></html>
                """);

        // Then
        assertThat(passages)
                .extracting(Passage::headings)
                .containsExactly(
                        List.of("Ibuprofen"), List.of("Ibuprofen", "How to take it"), List.of("Ibuprofen", "Storage"));
        assertThat(passages.get(1).text()).isEqualTo("How to take it\n400 mg.");
        assertThat(passages.get(1).page()).isEmpty();
    }

    static Stream<Arguments> encodings() {
        return Stream.of(
                arguments(UTF_8, "<p>"),
                arguments(UTF_8, "\ufeff<meta charset=iso-8859-1>"),
                arguments(UTF_8, "<meta charset='utf-8'>"),
                arguments(UTF_8, "<meta charset='utf-16'>"),
                arguments(ISO_8859_1, "<meta charset=\"ISO-8859-1\">"),
                arguments(ISO_8859_1, "<meta http-equiv=content-type content='text/html; charset=windows-1252'>"),
                arguments(ISO_8859_1, "<?xml version='1.0' encoding='windows-1252'?>"),
                arguments(Charset.forName("Shift_JIS"), "<meta charset=shift_jis>"),
                arguments(UTF_16LE, "\ufeff<p>"));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void readsTheEncodingThatItNames(Charset charset, String start) throws UnreadableDocumentException {
        // Given
        String text = charset.name().startsWith("Shift") ? "錠剤" : "5 µg";

        // When
        String read = TestDocuments.text(read(DocumentType.HTML, (start + "<p>" + text).getBytes(charset)));

        // Then
        assertThat(read).isEqualTo(text);
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                arguments("unnamed Latin-1", "<p>5 µg".getBytes(ISO_8859_1), Reason.NOT_UTF_8),
                arguments("an unknown encoding", "<meta charset=klingon>a".getBytes(UTF_8), Reason.NOT_UTF_8),
                arguments("not what it names", "<meta charset=utf-8>µ".getBytes(ISO_8859_1), Reason.NOT_UTF_8),
                arguments("only scripts", "<script>a</script><p> </p>".getBytes(UTF_8), Reason.NO_TEXT),
                arguments("too many bytes", " ".repeat(HtmlText.MAX_BYTES + 1).getBytes(UTF_8), Reason.TOO_LARGE),
                arguments("too many tags", "<a>".repeat(400_001).getBytes(UTF_8), Reason.TOO_COMPLEX));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void saysWhyItDoesNotRead(String name, byte[] content, Reason reason) {
        assertThatThrownBy(() -> read(DocumentType.HTML, content))
                .isInstanceOfSatisfying(UnreadableDocumentException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource({"<div>", "<b>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<h1>", "<sup>", "<font size=1>", "<pre>"
    })
    void readsWhatIsNestedDeeply(String tags) throws UnreadableDocumentException {
        assertThat(text(DocumentType.HTML, tags.repeat(20_000) + "400 mg")).contains("400");
    }
}
