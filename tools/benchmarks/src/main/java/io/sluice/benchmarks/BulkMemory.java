package io.sluice.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sluice.benchmarks.bulk.BulkBody;
import io.sluice.benchmarks.bulk.BulkClient;
import io.sluice.local.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures the memory of an api with a heap of 64 MiB while it takes a long body, after clients that go midway, and while it sends a long
 * list. Each has a process of its own: the peak of one is not that of another.
 */
record BulkMemory(Path project, TestEnvironment environment, Load load) {

    private static final int HEAP_MEBIBYTES = 64;
    private static final int GONE_CLIENTS = 20;
    private static final int GONE_BLOCKS = 20;
    private static final int OK = 200;
    private static final String UNDER_WAY = "sluice_api_bodies_streamed";
    private static final long TIMEOUT_NANOS = 30_000_000_000L;
    private static final long BETWEEN_LOOKS_MILLIS = 50;

    /** A line of the collector's log, as in {@code Pause Young (Allocation Failure) 40M->12M(62M) 3.1ms}. */
    private static final Pattern COLLECTED = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");

    /**
     * The load.
     *
     * @param blocks thousands of lines of the body
     * @param rows number of messages of the list
     */
    record Load(int blocks, int rows) {}

    /** A task, which returns the number of bytes that it has sent or received. */
    private interface Task {
        long run(Program api) throws IOException, SQLException, InterruptedException;
    }

    List<Report.Memory> run() throws IOException, SQLException, InterruptedException {
        List<Report.Memory> memories = new ArrayList<>();
        BulkBody body = BulkBody.of(BulkBenchmark::line, load.blocks());
        memories.add(measure("body of %,d lines".formatted(body.allLines()), api -> post(api, body)));
        BulkBody gzip = body.gzip();
        memories.add(measure("the same, by gzip", api -> post(api, gzip)));
        memories.add(measure("the same lines, after clients that went midway", api -> postAfterGone(api, body)));
        try (MessagesTable table = MessagesTable.of(environment.postgres())) {
            table.clear();
            table.addExpired(load.rows());
        }
        memories.add(measure("list of %,d messages".formatted(load.rows()), this::list));
        return memories;
    }

    private Report.Memory measure(String name, Task task) throws IOException, SQLException, InterruptedException {
        ProgressLog.log("with a heap of %d MiB: %s".formatted(HEAP_MEBIBYTES, name));
        Path log = Files.createTempFile("sluice-benchmark-gc", ".log");
        // This variable alone has precedence over the command line.
        String options = "-Xmx%dm -Xlog:gc:file=%s".formatted(HEAP_MEBIBYTES, log);
        Program api = environment.start(project, "api", Map.of("_JAVA_OPTIONS", options));
        try {
            long start = System.nanoTime();
            long bytes = task.run(api);
            double seconds = (System.nanoTime() - start) / 1e9;
            long resident = ResidentMemory.peakMebibytes(api.process());
            return new Report.Memory(name, bytes >> 20, seconds, HEAP_MEBIBYTES, peakHeap(log), resident);
        } finally {
            environment.stop(api);
            Files.delete(log);
        }
    }

    private static long post(Program api, BulkBody body) throws IOException, InterruptedException {
        new BulkClient(api.url()).post(body, 1);
        return body.length();
    }

    /** A heap of this size has place for one body at a time: one that is left by a client that went would be in the way of the last. */
    private static long postAfterGone(Program api, BulkBody body) throws IOException, InterruptedException {
        BulkClient client = new BulkClient(api.url());
        for (int n = 0; n < GONE_CLIENTS; n++) {
            client.breakOff(body.times(GONE_BLOCKS));
            awaitNoneUnderWay(api);
        }
        return post(api, body);
    }

    private static void awaitNoneUnderWay(Program api) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (underWay(api) > 0) {
            if (System.nanoTime() - start > TIMEOUT_NANOS) {
                throw new Failure("The body of a client that has gone is still worked on.");
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
    }

    private static double underWay(Program api) throws IOException, InterruptedException {
        HttpRequest scrape = HttpRequest.newBuilder(api.metrics()).build();
        return HttpClient.newHttpClient()
                .send(scrape, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(UNDER_WAY))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new Failure("The api has no metric " + UNDER_WAY));
    }

    private long list(Program api) throws IOException, InterruptedException {
        URI messages = api.url().resolve("/api/v1/messages");
        HttpRequest request = HttpRequest.newBuilder(messages)
                .header("Accept", "application/x-ndjson")
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
        long lines = 0;
        long bytes = 0;
        String last = "";
        try (BufferedReader in = new BufferedReader(new InputStreamReader(answer.body(), US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines++;
                bytes += line.length() + 1;
                last = line;
            }
        }
        if (answer.statusCode() != OK || lines != load.rows() + 1 || !last.startsWith("{\"end\":true")) {
            throw new Failure("A list of %,d messages was answered with %d and %,d lines, the last of which is: %s"
                    .formatted(load.rows(), answer.statusCode(), lines, last));
        }
        return bytes;
    }

    /** The most that the collector has left, in MiB; -1 where it had nothing to do. */
    private static long peakHeap(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(COLLECTED::matcher)
                    .filter(Matcher::find)
                    .mapToLong(matcher -> Long.parseLong(matcher.group(2)))
                    .max()
                    .orElse(-1);
        }
    }
}
