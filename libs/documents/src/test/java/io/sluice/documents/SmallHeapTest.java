package io.sluice.documents;

import static io.sluice.documents.PdfFiles.deflated;
import static io.sluice.documents.PdfFiles.line;
import static io.sluice.documents.PdfFiles.lines;
import static io.sluice.documents.PdfFiles.pages;
import static io.sluice.documents.PdfFiles.streamObject;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads what is as large as may be in a heap as small as a pod's, which ends at the first OutOfMemoryError as a pod does. */
class SmallHeapTest {

    private static final String SENTENCE = "Adults take up to four hundred milligrams of it each morning with water. ";

    @TempDir
    Path folder;

    @Test
    void readsOrRefusesWithoutRunningOutOfMemory() throws IOException, InterruptedException {
        // Given
        String paragraph = SENTENCE.repeat(8);
        file("TEXT-of-25-MiB", filled(paragraph + "\n\n", 25 << 20));
        file("TEXT-of-one-word", filled("word", 25 << 20));
        file("HTML-of-8-MiB", filled("<h2>Dose</h2><p>" + paragraph + "</p>\n", HtmlText.MAX_BYTES));
        file("HTML-of-8-MiB-beside-other-work", filled("<h2>Dose</h2><p>" + paragraph + "</p>\n", HtmlText.MAX_BYTES));
        file("HTML-of-rows", filled("<tr><td>Adults<td>400 mg", 24 * 130_000));
        file("MARKDOWN-of-4-MiB", filled("## Dose\n\n" + paragraph + "\n\n", MarkdownText.MAX_BYTES));
        file("MARKDOWN-of-items", filled("1. a\n", 5 * 299_000));
        file("MARKDOWN-of-emphasis", filled("*a* ", 4 * 149_000));
        file(
                "PDF-of-2000-pages",
                pages(IntStream.range(0, 2_000).mapToObj(SmallHeapTest::page).toList()));
        byte[] spaces = new byte[1 << 20];
        Arrays.fill(spaces, (byte) ' ');
        file(
                "PDF-of-spaces",
                PdfFiles.with(
                        List.of(""), List.of(streamObject("/Filter [/FlateDecode]", deflated(spaces, 400))), "", 10));
        file(
                "PDF-of-large-pages",
                pages(Collections.nCopies(20, lines(0, 700, "x".repeat(1_900)).repeat(50))));

        // When
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx160m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog",
                        ReadInSmallHeap.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> outcomes = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();

        // Then
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(outcomes)
                .containsExactly(
                        "HTML-of-8-MiB: 0 pages, passages",
                        // Read as well once the other work is over: that is no property of the document.
                        "HTML-of-8-MiB-beside-other-work: heap full",
                        "HTML-of-rows: 0 pages, passages",
                        "MARKDOWN-of-4-MiB: 0 pages, passages",
                        "MARKDOWN-of-emphasis: 0 pages, passages",
                        "MARKDOWN-of-items: 0 pages, passages",
                        "PDF-of-2000-pages: 2000 pages, passages",
                        "PDF-of-large-pages: 20 pages, passages",
                        "PDF-of-spaces: too-complex",
                        "TEXT-of-25-MiB: 0 pages, passages",
                        "TEXT-of-one-word: 0 pages, passages");
    }

    private static String page(int number) {
        StringBuilder page = new StringBuilder(line(72, 770, 9, "Leaflet"));
        for (int i = 0; i < 30; i++) {
            page.append(line(72, 720 - 20 * i, 11, number * 30 + i + " mg at most. " + SENTENCE));
        }
        return page.toString();
    }

    private void file(String name, String content) throws IOException {
        file(name, content.getBytes(UTF_8));
    }

    private void file(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    private static String filled(String unit, int length) {
        return unit.repeat(length / unit.length());
    }
}
