package io.sluice.documents;

import static io.sluice.documents.PdfFiles.encrypted;
import static io.sluice.documents.PdfFiles.line;
import static io.sluice.documents.PdfFiles.pages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Decrypted streams of PDFBox, in a file beside the document. */
class PdfScratchTest {

    private static final byte[] ENCRYPTED =
            encrypted(pages(Collections.nCopies(30, line(72, 700, "Take one tablet a day."))), "");

    @TempDir
    Path folder;

    @Test
    void isBesideTheDocumentWhereNobodyElseReads() throws Exception {
        // Given
        Path file = Files.write(folder.resolve("document"), ENCRYPTED);
        Set<Path> beside = new HashSet<>();

        // When
        new DocumentParser(TestDocuments.SIZE).read(file, DocumentType.PDF, passage -> {
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(beside::add);
            }
        });

        // Then
        assertThat(beside).hasSize(2);
        assertThat(folder).isDirectoryNotContaining(left -> !left.equals(file));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFailureOfItIsNoDamageOfTheDocument() throws IOException {
        // Given: a folder that takes no files, from whoever
        Path file = Files.write(folder.resolve("document"), ENCRYPTED);
        try (FileInputStream open = new FileInputStream(file.toFile());
                Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            Path unwritable = descriptors
                    .filter(descriptor -> isOf(descriptor, file))
                    .findFirst()
                    .orElseThrow();
            assertThat(open.available()).isPositive();

            // When, Then
            assertThatThrownBy(() ->
                            new DocumentParser(TestDocuments.SIZE).read(unwritable, DocumentType.PDF, passage -> {}))
                    .isInstanceOf(IOException.class);
        }
    }

    private static boolean isOf(Path descriptor, Path file) {
        try {
            return Files.isSameFile(descriptor, file);
        } catch (IOException gone) {
            return false;
        }
    }
}
