package io.sluice.documents;

import static io.sluice.documents.PdfFiles.pages;
import static io.sluice.documents.TestDocuments.SIZE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs that take the time of their square where something looks at all of them for each piece. */
class LongInputsTest {

    /** Time of the processor, several times what the slowest takes. */
    private static final Duration SECONDS = Duration.ofSeconds(15);

    private static final String WORDS = "Four hundred mg of it each day with water ";

    @TempDir
    Path folder;

    static Stream<Arguments> documents() {
        return Stream.of(
                arguments("a heading of HTML", DocumentType.HTML, "<h1>" + filled(WORDS, 8_000_000)),
                arguments(
                        "raised text in raised text",
                        DocumentType.HTML,
                        filled("<sup>", 1_990_000) + filled(WORDS, 6_000_000)),
                arguments("spaces in a style", DocumentType.HTML, "<p style='display" + filled(" ", 7_000_000) + "'>a"),
                arguments(
                        "quotes in quotes", DocumentType.MARKDOWN, filled(">", 150_000) + "a" + filled("\nb", 290_000)),
                arguments(
                        "a link that is used often",
                        DocumentType.MARKDOWN,
                        "[a]: /" + filled("b", 3_000_000) + "\n\n" + filled("[a] ", 4 * 90_000)),
                arguments(
                        "cells",
                        DocumentType.MARKDOWN,
                        filled("|a", 2 * 70_000) + "\n" + filled("|-", 2 * 70_000) + "\n" + filled("|a\n", 3 * 7_000)),
                arguments("stops", DocumentType.TEXT, filled(". (", 8 << 20)),
                arguments("lines of a PDF", DocumentType.PDF, pages(lines(100, 700, "0.5", i -> "a"))),
                arguments(
                        "brackets of a character map",
                        DocumentType.PDF,
                        mapped("1 beginbfrange " + filled("[", 1_900_000))));
    }

    /** Of the types above, others. */
    static Stream<Arguments> otherDocuments() {
        return Stream.of(
                arguments("a letter of HTML", DocumentType.HTML, "<h1>" + filled("👩\u200d", 8_000_000 / 7 * 3)),
                arguments("a formula", DocumentType.HTML, "<math><msup>" + filled("<mi>a</mi>", 1_900_000)),
                arguments("a fraction", DocumentType.HTML, "<math><mfrac>" + filled("<mi>a</mi>", 1_900_000)),
                arguments("formats in formats", DocumentType.HTML, filled("<b><p>", 1_100_000) + "a"),
                arguments("a heading of Markdown", DocumentType.MARKDOWN, "# " + filled(WORDS, 4_000_000)),
                arguments(
                        "items in items",
                        DocumentType.MARKDOWN,
                        filled("- ", 290_000) + "a" + filled("\n", 150_000) + "b"),
                arguments("brackets", DocumentType.MARKDOWN, filled("[", 299_000)),
                arguments("links without an end", DocumentType.MARKDOWN, filled("[a](<b", 4 * 74_000)),
                arguments("comments without an end", DocumentType.MARKDOWN, "a " + filled("<!--", 4 * 74_000)),
                arguments("declarations without an end", DocumentType.MARKDOWN, "a" + filled(" <!A", 4 * 74_000)),
                arguments("emphasis", DocumentType.MARKDOWN, filled("*a_ ", 4 * 149_000)),
                arguments(
                        "code",
                        DocumentType.MARKDOWN,
                        IntStream.range(1, 770).mapToObj("`"::repeat).reduce("", (a, b) -> a + "a" + b)),
                arguments(
                        "numbers of pages",
                        DocumentType.PDF,
                        pages(lines(1, 78, "0.5", i -> "1"), lines(1, 78, "0.5", i -> "3"))),
                arguments(
                        "headings of a PDF",
                        DocumentType.PDF,
                        pages(Collections.nCopies(
                                20,
                                "BT /F1 0.1 Tf 72 99 Td (" + "x".repeat(30_000) + ") Tj ET\n"
                                        + lines(100, 300, "0.5", i -> "A")))),
                arguments(
                        "ranges of a character map", DocumentType.PDF, mapped(filled("beginbfrange<0><0>", 1_900_000))),
                arguments("a title", DocumentType.HTML, "<title>" + filled(WORDS, 8_000_000) + "</title><p>a"),
                arguments("a sentence of HTML", DocumentType.HTML, "<pre>" + filled(WORDS, 8_000_000)),
                arguments("divisions in divisions", DocumentType.HTML, filled("<div>", 1_990_000) + "a"),
                arguments("a sentence of text", DocumentType.TEXT, filled(WORDS, 25 << 20)),
                arguments("a word of text", DocumentType.TEXT, filled("word", 25 << 20)),
                arguments("short sentences", DocumentType.TEXT, filled("A. ", 8 << 20)),
                arguments("short lines", DocumentType.TEXT, filled("a\n", 8 << 20)),
                arguments("ideographs", DocumentType.TEXT, filled("錠。", 8 << 20)));
    }

    private static String filled(String unit, int length) {
        return unit.repeat(length / unit.length());
    }

    /** Lines of one glyph or few, in columns from the left to the right, which PDFBox keeps apart. */
    private static String lines(int from, int to, String font, IntFunction<String> text) {
        StringBuilder page = new StringBuilder();
        int lines = (to - from) * 90;
        for (int i = 0; i < lines; i++) {
            page.append("BT /F1 %s Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n"
                    .formatted(font, 10 + i / (to - from) * 6, to - i % (to - from), text.apply(i)));
        }
        return page.toString();
    }

    private static byte[] mapped(String map) {
        return PdfFiles.with(
                List.of("BT /C 12 Tf 72 700 Td (a) Tj ET"),
                List.of(
                        PdfFiles.streamObject("", map.getBytes(ISO_8859_1)),
                        "<< /Type /Font /Subtype /TrueType /BaseFont /A /ToUnicode 10 0 R >>".getBytes(ISO_8859_1)),
                "/Font << /C 11 0 R >>");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void takesSeconds(String name, DocumentType type, Object content)
            throws IOException, InterruptedException, HeapFullException {
        // Given
        Path file = folder.resolve("document");
        Files.write(file, content instanceof byte[] bytes ? bytes : ((String) content).getBytes(UTF_8));

        // When
        long start = processorTime();
        String outcome;
        try {
            outcome = new DocumentParser(SIZE).read(file, type, passage -> {}).toString();
        } catch (UnreadableDocumentException refused) {
            outcome = refused.reason().code();
        }

        // Then
        Duration time = Duration.ofNanos(processorTime() - start);
        assertThat(time).as(outcome).isLessThan(SECONDS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherDocuments")
    @Tag("matrix")
    void othersTakeSecondsToo(String name, DocumentType type, Object content)
            throws IOException, InterruptedException, HeapFullException {
        takesSeconds(name, type, content);
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
