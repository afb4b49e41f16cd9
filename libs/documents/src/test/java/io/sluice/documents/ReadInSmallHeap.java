package io.sluice.documents;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Reads all documents of a folder in a JVM of its own, and prints what became of each. The name of a file begins with its type. */
final class ReadInSmallHeap {

    private ReadInSmallHeap() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> list = Files.list(Path.of(args[0]))) {
            files = list.sorted().toList();
        }
        DocumentParser parser = new DocumentParser(TestDocuments.SIZE);
        for (Path file : files) {
            String name = file.getFileName().toString();
            byte[][] other = new byte[name.endsWith("beside-other-work") ? 126 : 0][1 << 20];
            long start = processorTime();
            String outcome;
            try {
                DocumentParser.Read read =
                        parser.read(file, DocumentType.valueOf(name.substring(0, name.indexOf('-'))), passage -> {});
                outcome = read.pages() + " pages, " + (read.passages() > 0 ? "passages" : "none");
            } catch (UnreadableDocumentException refused) {
                outcome = refused.reason().code();
            } catch (HeapFullException full) {
                outcome = "heap full";
            } finally {
                Reference.reachabilityFence(other);
            }
            System.out.println(name + ": " + outcome);
            System.err.println(name + ": " + Duration.ofNanos(processorTime() - start));
        }
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
