package io.sluice.benchmarks;

import io.sluice.local.Program;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** Vectors that a worker holds in its memory, and those in PostgreSQL. */
record WorkerIndex(Program worker, Connection database) {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final long BETWEEN_LOOKS_MILLIS = 100;
    private static final String GAUGE = "sluice_worker_retrieval_passages";
    private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";
    private static final String STORED = "select coalesce(sum(cardinality(passage_ids)), 0) from passage_vectors";

    /**
     * Waits until the worker holds those of all passages.
     *
     * @return number of them
     */
    long awaitAll() throws IOException, SQLException, InterruptedException {
        long stored = stored();
        long start = System.nanoTime();
        while (metric(GAUGE) != stored) {
            if (System.nanoTime() - start > TIMEOUT.toNanos()) {
                throw new Failure("The worker does not hold the vectors of %,d passages after %d minutes."
                        .formatted(stored, TIMEOUT.toMinutes()));
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        ProgressLog.log("%,d passages are ranked by meaning".formatted(stored));
        return stored;
    }

    /** Memory that the worker takes now, in a sentence; without its resident memory on a system that does not tell. */
    String memory() throws IOException, InterruptedException {
        double mebibyte = 1 << 20;
        return "Then the worker's heap had %,.0f MiB%s.".formatted(metric(HEAP) / mebibyte, resident());
    }

    private String resident() throws IOException {
        Path status = Path.of("/proc/" + worker.process().pid() + "/status");
        if (!Files.exists(status)) {
            return "";
        }
        List<String> lines = Files.readAllLines(status);
        return ", and its process %,d MiB of resident memory, %,d at most"
                .formatted(mebibytes(lines, "VmRSS:"), mebibytes(lines, "VmHWM:"));
    }

    private static long mebibytes(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                .findFirst()
                .orElseThrow();
    }

    private long stored() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(STORED)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Sum of all series that begin so. */
    private double metric(String beginning) throws IOException, InterruptedException {
        HttpRequest scrape = HttpRequest.newBuilder(worker.metrics()).build();
        List<String> series = HttpClient.newHttpClient()
                .send(scrape, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .toList();
        if (series.isEmpty()) {
            throw new Failure("The worker has no metric " + beginning);
        }
        return series.stream()
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
