package io.sluice.benchmarks;

import io.sluice.local.Program;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Vectors that a worker holds in its memory, and those in PostgreSQL. */
record WorkerIndex(Program worker, Connection database) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long BETWEEN_LOOKS_MILLIS = 100;
    private static final String GAUGE = "sluice_worker_retrieval_passages";
    private static final String STORED = "select coalesce(sum(cardinality(passage_ids)), 0) from passage_vectors";

    /**
     * Waits until the worker holds those of all passages.
     *
     * @return number of them
     */
    long awaitAll() throws IOException, SQLException, InterruptedException {
        long stored = stored();
        long start = System.nanoTime();
        while (held() != stored) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new Failure("The worker does not hold the vectors of %,d passages after %d minutes."
                        .formatted(stored, PATIENCE.toMinutes()));
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        ProgressLog.log("%,d passages are ranked by meaning".formatted(stored));
        return stored;
    }

    private long stored() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(STORED)) {
            row.next();
            return row.getLong(1);
        }
    }

    private long held() throws IOException, InterruptedException {
        HttpRequest scrape = HttpRequest.newBuilder(worker.metrics()).build();
        return HttpClient.newHttpClient()
                .send(scrape, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(GAUGE))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new Failure("The worker has no metric " + GAUGE));
    }
}
