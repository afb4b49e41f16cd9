package io.sluice.documents;

import static io.sluice.documents.PdfFiles.deflated;
import static io.sluice.documents.PdfFiles.encrypted;
import static io.sluice.documents.PdfFiles.line;
import static io.sluice.documents.PdfFiles.lines;
import static io.sluice.documents.PdfFiles.pages;
import static io.sluice.documents.PdfFiles.streamObject;
import static io.sluice.documents.PdfFiles.unicode;
import static io.sluice.documents.TestDocuments.read;
import static io.sluice.documents.TestDocuments.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.documents.UnreadableDocumentException.Reason;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PdfTextTest {

    private static final String FULL = "Adults take one tablet with a glass of water each morning, not";

    static Stream<Arguments> layouts() {
        return Stream.of(
                arguments(
                        "wrapped lines",
                        pages(lines(72, 700, FULL, "more than 1.5 a day.")),
                        FULL + " more than 1.5 a day."),
                arguments(
                        "hyphens",
                        pages(lines(72, 700, FULL.replace("not", "medi-"), "cation.")),
                        FULL.replace("not", "medication.")),
                arguments(
                        "a range over two lines",
                        pages(lines(72, 700, FULL.replace("not", "10-"), "20 mg.")),
                        FULL.replace("not", "10-20 mg.")),
                arguments(
                        "a list",
                        pages(lines(72, 700, "Ibuprofen 400 mg", "Paracetamol 500 mg")),
                        "Ibuprofen 400 mg\nParacetamol 500 mg"),
                arguments(
                        "a row",
                        pages(line(72, 700, "Adults") + line(200, 700, "400 mg") + line(300, 700, "twice")),
                        "Adults 400 mg twice"),
                arguments(
                        "columns",
                        pages(lines(72, 700, "Take 400 mg", "a day.") + lines(320, 714, "Take 800 mg", "a week.")),
                        "Take 400 mg\na day.\nTake 800 mg\na week."),
                arguments(
                        "columns, row by row",
                        pages(beside(
                                List.of(
                                        "Adults may take up to 4 g of",
                                        "paracetamol in a day, and not",
                                        "more than 1 g of it at once,",
                                        "with four hours between two",
                                        "doses at the least."),
                                List.of(
                                        "Of ibuprofen adults may take",
                                        "400 mg three times a day, and",
                                        "with food; not in the last",
                                        "three months of a pregnancy,",
                                        "nor with a stomach ulcer."))),
                        "Adults may take up to 4 g of paracetamol in a day, and not more than 1 g of it at once, with four hours"
                                + " between two doses at the least.\nOf ibuprofen adults may take 400 mg three times a day, and"
                                + " with food; not in the last three months of a pregnancy, nor with a stomach ulcer."),
                arguments(
                        "a table of sentences",
                        pages(beside(
                                List.of(
                                        "If you have a headache now",
                                        "If you have fever since today",
                                        "If you have a rash on the arm",
                                        "If you have none of all that"),
                                List.of(
                                        "Take one tablet of 400 mg",
                                        "Take two tablets, and drink",
                                        "Take none, and ask a doctor",
                                        "Take none of the tablets"))),
                        "If you have a headache now Take one tablet of 400 mg If you have fever since today Take two tablets, and"
                                + " drink If you have a rash on the arm Take none, and ask a doctor If you have none of all that"
                                + " Take none of the tablets"),
                arguments(
                        "a power",
                        pages("BT /F1 12 Tf 72 700 Td (10) Tj /F1 7 Tf 5 Ts (9) Tj /F1 12 Tf 0 Ts ( cells) Tj ET"),
                        "10⁹ cells"),
                arguments(
                        "a raised line",
                        pages(line(72, 700, "10") + line(86, 705, 7, "2") + line(92, 700, "mg")),
                        "10² mg"),
                arguments(
                        "an index",
                        pages("BT /F1 12 Tf 72 700 Td (log) Tj /F1 7 Tf -3 Ts (2) Tj /F1 12 Tf 0 Ts (8) Tj ET"),
                        "log₂8"),
                arguments(
                        "an ordinal",
                        pages("BT /F1 12 Tf 72 700 Td (the 1) Tj /F1 7 Tf 5 Ts (st) Tj /F1 12 Tf 0 Ts ( day) Tj ET"),
                        "the 1st day"),
                arguments("ligatures", unicode("eﬃcient ﬁrst"), "efficient first"),
                arguments("half tablets", unicode("1½ of 10² µg ≤ ㎎"), "1½ of 10² µg ≤ mg"),
                arguments("emoji", unicode("👍🏽 🇫🇷 🐀"), "👍🏽 🇫🇷 🐀"),
                arguments("Arabic in visual order", unicode("ةعرجلا 400 ﻎﻣ"), "مغ 400 الجرعة"),
                arguments("Hebrew", unicode("םולש"), "שלום"),
                arguments("Japanese", unicode("錠剤を飲む。"), "錠剤を飲む。"),
                arguments("a form", form(), "In a form."),
                arguments(
                        "an empty user password",
                        encrypted(pages(line(72, 700, "May not be copied.")), ""),
                        "May not be copied."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    void readsPages(String name, byte[] pdf, String expected) throws UnreadableDocumentException {
        assertThat(text(read(DocumentType.PDF, pdf))).isEqualTo(expected);
    }

    /** Two columns as some programs write them: a line of one, then the line beside it. */
    private static String beside(List<String> left, List<String> right) {
        StringBuilder content = new StringBuilder();
        for (int row = 0; row < left.size(); row++) {
            content.append(line(72, 700 - 14 * row, left.get(row))).append(line(250, 700 - 14 * row, right.get(row)));
        }
        return content.toString();
    }

    private static byte[] form() {
        byte[] content = line(72, 700, "In a form.").getBytes(ISO_8859_1);
        return PdfFiles.with(
                List.of("/X Do"),
                List.of(streamObject(
                        "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>",
                        content)),
                "/XObject << /X 10 0 R >>");
    }

    @Test
    void findsHeadingsByTheirSize() throws UnreadableDocumentException {
        // Given
        String page = line(72, 720, 24, "Ibuprofen")
                + lines(72, 690, FULL, "more than three tablets a day.")
                + line(72, 640, 16, "How to store it, and how to throw")
                + line(72, 622, 16, "away what is left")
                + lines(72, 600, "Below 25 degrees.");

        // When
        List<Passage> passages = read(DocumentType.PDF, pages(page, lines(72, 700, "Never in the sink.")));

        // Then
        assertThat(passages)
                .extracting(Passage::headings)
                .containsExactly(
                        List.of("Ibuprofen"),
                        List.of("Ibuprofen", "How to store it, and how to throw away what is left"),
                        List.of("Ibuprofen", "How to store it, and how to throw away what is left"));
        assertThat(passages).extracting(passage -> passage.page().orElseThrow()).containsExactly(1, 1, 2);
        assertThat(passages.get(1).text())
                .isEqualTo("How to store it, and how to throw away what is left\nBelow 25 degrees.");
    }

    @Test
    void keepsSentencesTogetherThatGoOnOverPages() throws UnreadableDocumentException {
        // Given
        String header = line(72, 770, 9, "Leaflet of 400 mg tablets");

        // When
        List<Passage> passages = read(
                DocumentType.PDF,
                pages(
                        header + lines(72, 700, FULL) + line(300, 20, 9, "Page 1 of 3"),
                        header
                                + lines(72, 700, "more than 1200 mg in all.", "Ask first.")
                                + line(300, 20, 9, "Page 2 of 3"),
                        header + lines(72, 700, "The end.") + line(300, 20, 9, "Page 3 of 3")));

        // Then
        assertThat(passages)
                .extracting(passage -> passage.page().orElseThrow() + ": " + passage.text())
                .containsExactly(
                        "1: Leaflet of 400 mg tablets\n" + FULL + " more than 1200 mg in all.",
                        "2: Ask first.",
                        "3: The end.");
    }

    /** Each differs from a running line in one thing. */
    @Test
    void takesNoDoseForARunningLine() throws UnreadableDocumentException {
        // Given
        String first = line(72, 770, "Take 1 tablet") + line(72, 400, "Three a day.") + line(72, 20, "400");
        String second = line(72, 770, "Take 2 tablet") + line(72, 400, "Three a day.") + line(72, 20, "800");

        // When
        String read = text(read(DocumentType.PDF, pages(first, second)));

        // Then
        assertThat(read).isEqualTo("Take 1 tablet\nThree a day.\n400\nTake 2 tablet\nThree a day.\n800");
    }

    static Stream<Arguments> unreadable() {
        byte[] whole = pages(line(72, 700, "Text."));
        byte[] two = pages(line(72, 700, "Text."), line(72, 700, "More."));
        byte[] spaces = new byte[1 << 20];
        Arrays.fill(spaces, (byte) ' ');
        return Stream.of(
                arguments("a user password", encrypted(whole, "secret"), Reason.PASSWORD),
                arguments("a certificate", certificate(), Reason.PASSWORD),
                arguments("nothing", new byte[0], Reason.DAMAGED),
                arguments("the header alone", Arrays.copyOf(whole, 9), Reason.DAMAGED),
                arguments("the first third", Arrays.copyOf(whole, whole.length / 3), Reason.DAMAGED),
                arguments("HTML", "<html>Text.".getBytes(ISO_8859_1), Reason.DAMAGED),
                arguments(
                        "the first of two pages",
                        Arrays.copyOf(two, new String(two, ISO_8859_1).indexOf("10 0 obj")),
                        Reason.DAMAGED),
                arguments("no page", pages(), Reason.DAMAGED),
                arguments(
                        "a scan",
                        pages("q 100 0 0 100 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \u0001 EI Q"),
                        Reason.NO_TEXT),
                arguments("too many pages", pages(Collections.nCopies(PdfText.MAX_PAGES + 1, "")), Reason.TOO_LARGE),
                arguments(
                        "3.2 million glyphs",
                        content("BT /F1 1 Tf ", "(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ", 100_000),
                        Reason.TOO_COMPLEX),
                arguments(
                        "400 MB of spaces",
                        PdfFiles.with(
                                List.of(""),
                                List.of(streamObject("/Filter /FlateDecode", deflated(spaces, 400))),
                                "",
                                10),
                        Reason.TOO_COMPLEX),
                arguments(
                        "the same in a form",
                        PdfFiles.with(
                                List.of("/X Do"),
                                List.of(streamObject(
                                        "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Filter /FlateDecode",
                                        deflated(spaces, 400))),
                                "/XObject << /X 10 0 R >>"),
                        Reason.TOO_COMPLEX),
                arguments("a long array", content("[", "1 ", 20_000_000), Reason.TOO_COMPLEX),
                arguments("a long string", content("(", "aaaaaaaa", 5_000_000), Reason.TOO_COMPLEX),
                arguments("states that are never restored", content("", "q ", 1_000_000), Reason.TOO_COMPLEX),
                arguments(
                        "a character map of two billion",
                        characterMap("<00000000> <7fffffff> <00000041>"),
                        Reason.TOO_COMPLEX),
                arguments(
                        "a character map that repeats itself",
                        characterMap("<0000> <ffff> <0000>\n".repeat(1_000)),
                        Reason.TOO_COMPLEX),
                arguments("forms that double forty times", doubling(), Reason.TOO_COMPLEX));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void saysWhyItDoesNotRead(String name, byte[] content, Reason reason) {
        assertThatThrownBy(() -> read(DocumentType.PDF, content))
                .isInstanceOfSatisfying(UnreadableDocumentException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }

    /** Reads what is left of it, or says why not. */
    @Test
    void endsWithEveryKindOfDamage() {
        byte[] whole = pages(lines(72, 700, FULL, FULL, FULL), lines(72, 700, FULL));
        IntStream.range(0, 300).forEach(i -> {
            byte[] damaged = whole.clone();
            for (int at = i * 7; at < damaged.length; at += 97 + 13 * i) {
                damaged[at] = (byte) (i * 31 + at);
            }
            try {
                assertThat(read(DocumentType.PDF, damaged)).isNotEmpty();
            } catch (UnreadableDocumentException refused) {
                assertThat(refused.reason()).isIn(Reason.DAMAGED, Reason.NO_TEXT, Reason.PASSWORD, Reason.TOO_COMPLEX);
            }
        });
    }

    private static byte[] content(String start, String unit, int times) {
        return PdfFiles.with(
                List.of(""),
                List.of(streamObject(
                        "/Filter /FlateDecode", deflated((start + unit.repeat(times)).getBytes(ISO_8859_1)))),
                "",
                10);
    }

    private static byte[] doubling() {
        byte[] twice = "/X Do /X Do".getBytes(ISO_8859_1);
        List<byte[]> forms = IntStream.range(0, 40)
                .mapToObj(i -> streamObject(
                        "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X %d 0 R >> >>"
                                .formatted(11 + i),
                        twice))
                .toList();
        return PdfFiles.with(
                List.of("/X Do"),
                Stream.concat(
                                forms.stream(),
                                Stream.of(streamObject("/Type /XObject /Subtype /Form /BBox [0 0 1 1]", twice)))
                        .toList(),
                "/XObject << /X 10 0 R >>");
    }

    private static byte[] characterMap(String ranges) {
        String map = "1 begincodespacerange <00> <ff> endcodespacerange 1000 beginbfrange\n" + ranges
                + "\nendbfrange endcmap";
        return PdfFiles.with(
                List.of("BT /X 12 Tf 72 700 Td <41> Tj ET"),
                List.of(
                        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 11 0 R >>".getBytes(ISO_8859_1),
                        streamObject("/Filter /FlateDecode", deflated(map.getBytes(ISO_8859_1)))),
                "/Font << /X 10 0 R >>");
    }

    private static byte[] certificate() {
        String pdf = new String(pages(line(72, 700, "Text.")), ISO_8859_1);
        return pdf.replace(
                        "trailer\n<<",
                        "trailer\n"
                                + "<< /ID [<00> <00>] /Encrypt << /Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s4 /V 1"
                                + " /Length 40 /Recipients [<00>] >>")
                .getBytes(ISO_8859_1);
    }
}
