package io.sluice.benchmarks;

import io.sluice.benchmarks.Report.Analyses;
import io.sluice.benchmarks.images.RenderedPhotos;
import io.sluice.local.Program;
import io.sluice.settings.DatabaseUrl;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/**
 * Measures analyses of photos by the packaged worker, within the limits of its pod: of one that is uploaded when the one before is
 * analysed, and of several that wait. The times are those of the table of jobs.
 *
 * @param project the measured checkout, packaged
 * @param photos number of photos of each kind that are uploaded one after the other; half as many wait at once
 */
record WorkerBenchmark(Path project, int photos) {

    private static final long SEED = 20_261_128;

    /** Analyses until the compiler of the JVM is warm. */
    private static final int WARM_UP = 5;

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final long BETWEEN_LOOKS_MILLIS = 20;
    private static final int ACCEPTED = 202;

    private static final String MILLIS =
            """
            select extract(epoch from finished_at - started_at) * 1000 from jobs
             where state = 'done' order by created_at desc limit %d""";

    private static final String PER_SECOND =
            """
            select count(*) / extract(epoch from max(finished_at) - min(started_at))
              from (select * from jobs where state = 'done' order by created_at desc limit %d) latest""";

    /** Results, and what they were measured under. */
    record Result(String limits, List<Analyses> analyses) {}

    Result run() throws IOException, SQLException, InterruptedException {
        Path folder = Files.createTempDirectory("sluice-benchmark-worker");
        try (TestEnvironment environment = TestEnvironment.setUp(Map.of());
                Connection database = connect(environment)) {
            Map<String, String> settings = Map.of(
                    "FEATURES",
                    "images",
                    "DATABASE_URL",
                    environment.postgres().url(),
                    "STORAGE_URL",
                    folder.resolve("storage").toUri().toString());
            Program api = environment.start(project, "api", settings);
            List<Analyses> analyses = new ArrayList<>();
            String limits = "";
            for (boolean progressive : new boolean[] {false, true}) {
                // Another worker for each kind, whose memory is its own.
                try (PodWorker worker = PodWorker.start(project, folder.resolve("worker.log"), settings)) {
                    limits = worker.limits();
                    analyses.add(measure(progressive, api.url(), worker, database));
                }
            }
            return new Result(limits, analyses);
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
    }

    private static Connection connect(TestEnvironment environment) throws SQLException {
        DatabaseUrl url = DatabaseUrl.parse(environment.postgres().url());
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
    }

    private Analyses measure(boolean progressive, URI api, PodWorker worker, Connection database)
            throws IOException, SQLException, InterruptedException {
        RenderedPhotos all = new RenderedPhotos(SEED, progressive);
        uploadEach(WARM_UP, all, api, worker, database);
        List<Double> warmUp = numbers(database, MILLIS.formatted(WARM_UP));
        double first = warmUp.get(warmUp.size() - 1);
        uploadEach(photos, all, api, worker, database);
        List<Double> millis =
                numbers(database, MILLIS.formatted(photos)).stream().sorted().toList();
        int waiting = Math.max(2, photos / 2);
        for (int n = 0; n < waiting; n++) {
            upload(all.next(), api);
        }
        awaitDone(worker, database);
        Analyses analyses = new Analyses(
                "12 megapixels, JPEG, " + (progressive ? "progressive" : "baseline"),
                photos,
                first,
                millis.get(millis.size() / 2),
                millis.get((int) (millis.size() * 0.95)),
                millis.get(millis.size() - 1),
                numbers(database, PER_SECOND.formatted(waiting)).get(0),
                worker.peakMebibytes());
        ProgressLog.log(analyses.toString());
        return analyses;
    }

    private static void uploadEach(int number, RenderedPhotos photos, URI api, PodWorker worker, Connection database)
            throws IOException, SQLException, InterruptedException {
        for (int n = 0; n < number; n++) {
            upload(photos.next(), api);
            awaitDone(worker, database);
        }
    }

    private static void upload(byte[] photo, URI api) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api.resolve("/api/v1/images"))
                .header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofByteArray(photo))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        if (answer.statusCode() != ACCEPTED) {
            throw new Failure("A photo was answered with %d %s".formatted(answer.statusCode(), answer.body()));
        }
    }

    private static void awaitDone(PodWorker worker, Connection database) throws SQLException, InterruptedException {
        long start = System.nanoTime();
        while (numbers(database, "select count(*) from jobs where state <> 'done'")
                        .get(0)
                > 0) {
            worker.requireAlive();
            if (System.nanoTime() - start > TIMEOUT.toNanos()) {
                throw new Failure("Photos are not analysed after %d minutes.".formatted(TIMEOUT.toMinutes()));
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
    }

    private static List<Double> numbers(Connection database, String query) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<Double> numbers = new ArrayList<>();
            while (rows.next()) {
                numbers.add(rows.getDouble(1));
            }
            return numbers;
        }
    }
}
