import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Posts events to Sluice and follows them, with nothing but Java 17. */
class Sluice {

    private static final String USAGE = """
            java Sluice.java post KEY EVENT           posts an event, a JSON object, under an Idempotency-Key
            java Sluice.java bulk FILE                posts each line of a file, an event with an id
            java Sluice.java follow FILE [NAME=TEXT]  prints events as they come; FILE keeps the position, NAME=TEXT are filters

            SLUICE_URL is where the api is, SLUICE_TOKEN the bearer token, where it asks for one.""";

    private static final String MESSAGES =
            System.getenv().getOrDefault("SLUICE_URL", "http://localhost:8080") + "/api/v1/messages";
    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(2);
    /** Characters of a file in a request, up to the end of a line. */
    private static final int PART = 1 << 20;
    /** A stream has a heartbeat every 15 seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private static final Pattern ACKNOWLEDGED = Pattern.compile("\"acknowledgedThrough\":(\\d+)");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    /** No answer, with the status 0, or another one than 2xx. */
    static class Failure extends Exception {
        final int status;
        final int retryAfter;

        Failure(int status, String text, int retryAfter) {
            super(text);
            this.status = status;
            this.retryAfter = retryAfter;
        }

        Failure(Throwable cause) {
            this(0, cause.toString(), 0);
        }

        boolean mayBeRepeated() {
            return status == 0 || status == 408 || status == 429 || status >= 500;
        }
    }

    static class Backoff {
        private final Duration giveUpAfter;
        private int failures;
        private long since;

        Backoff(Duration giveUpAfter) {
            this.giveUpAfter = giveUpAfter;
            progress();
        }

        void progress() {
            failures = 0;
            since = System.nanoTime();
        }

        void await(Failure failure) throws Failure, InterruptedException {
            // By chance, so that clients that failed together do not come back together.
            long most = Math.min(30_000, 500L << Math.min(failures++, 6));
            long millis = failure.retryAfter * 1000L + ThreadLocalRandom.current().nextLong(most);
            Duration spent = Duration.ofNanos(System.nanoTime() - since);
            if (!failure.mayBeRepeated() || spent.plusMillis(millis).compareTo(giveUpAfter) > 0) {
                throw failure;
            }
            System.err.printf("again in %d ms: %s%n", millis, failure.getMessage());
            Thread.sleep(millis);
        }
    }

    String post(String key, String event) throws Failure, InterruptedException {
        HttpRequest request = request("")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(event))
                .build();
        Backoff backoff = new Backoff(GIVE_UP_AFTER);
        while (true) {
            try {
                return send(request, BodyHandlers.ofString(), 10);
            } catch (Failure failure) {
                backoff.await(failure);
            }
        }
    }

    void bulk(Path file) throws Failure, InterruptedException, IOException {
        long done = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (List<String> part = part(lines); !part.isEmpty(); part = part(lines)) {
                bulk(part, done);
                done += part.size();
            }
        }
        System.out.println(done + " lines acknowledged");
    }

    private void bulk(List<String> part, long before) throws Failure, InterruptedException {
        Backoff backoff = new Backoff(GIVE_UP_AFTER);
        int done = 0;
        while (done < part.size()) {
            HttpRequest request = request("")
                    .header("Content-Type", "application/x-ndjson")
                    .POST(BodyPublishers.ofString(String.join("\n", part.subList(done, part.size()))))
                    .build();
            Failure failed = null;
            String answer;
            int through = part.size() - done;
            try {
                answer = send(request, BodyHandlers.ofString(), 30);
            } catch (Failure failure) {
                failed = failure;
                answer = failure.getMessage();
                // Without an answer, or with one of a proxy, all is sent again, and stored once because of its ids.
                Matcher acknowledged = ACKNOWLEDGED.matcher(answer);
                through = acknowledged.find() ? Integer.parseInt(acknowledged.group(1)) : 0;
            }
            if (through > 0) {
                System.out.printf("acknowledged behind line %d: %s%n", before + done, answer);
                done += through;
                backoff.progress();
            }
            if (failed != null && done < part.size()) {
                backoff.await(failed);
            }
        }
    }

    private static List<String> part(BufferedReader lines) throws IOException {
        List<String> part = new ArrayList<>();
        String line;
        for (int size = 0; size < PART && (line = lines.readLine()) != null; size += line.length() + 1) {
            part.add(line);
        }
        return part;
    }

    void follow(Path file, List<String> filters) throws Failure, InterruptedException, IOException {
        String query = filters.stream()
                .map(filter -> filter.split("=", 2))
                .map(filter -> filter[0] + "=" + URLEncoder.encode(filter[1], StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        Backoff backoff = new Backoff(Duration.ofSeconds(Long.MAX_VALUE));
        while (true) {
            HttpRequest.Builder request = request("/stream?" + query).header("Accept", "text/event-stream");
            if (Files.exists(file)) {
                request.header("Last-Event-ID", Files.readString(file));
            }
            try (InputStream stream = send(request.build(), BodyHandlers.ofInputStream(), 30)) {
                take(stream, file, backoff);
                throw new Failure(0, "the stream has ended", 0);
            } catch (Failure failure) {
                backoff.await(failure);
            }
        }
    }

    /** Server-sent events. One without its blank line was broken off, and is dropped. */
    private void take(InputStream stream, Path file, Backoff backoff) throws Failure, IOException {
        AtomicLong heard = new AtomicLong(System.nanoTime());
        ScheduledFuture<?> watch = timer.scheduleWithFixedDelay(() -> closeIfSilent(stream, heard), 1, 1, TimeUnit.SECONDS);
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            String id = "";
            String event = "";
            StringBuilder data = new StringBuilder();
            for (String line = next(lines); line != null; line = next(lines)) {
                heard.set(System.nanoTime());
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    event = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    // A line feed between the parts of a payload is as good as a blank.
                    data.append(data.length() == 0 ? "" : " ").append(line, 6, line.length());
                } else if (line.isEmpty()) {
                    if (event.isEmpty()) {
                        System.out.println(data);
                    } else if (event.equals("gap")) {
                        System.err.println("lost: " + data);
                    }
                    // Behind the event is dealt with: after a crash it comes again. A file is replaced as a whole.
                    Path next = Files.writeString(Path.of(file + ".new"), id);
                    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                    backoff.progress();
                    event = "";
                    data.setLength(0);
                }
            }
        } finally {
            watch.cancel(false);
        }
    }

    private static String next(BufferedReader lines) throws Failure {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw new Failure(e);
        }
    }

    /** The client waits for an answer no longer than it is told to, and for what follows it for ever. */
    private static void closeIfSilent(InputStream stream, AtomicLong heard) {
        if (System.nanoTime() - heard.get() > SILENCE.toNanos()) {
            try {
                stream.close();
            } catch (IOException e) {
                System.err.println(e);
            }
        }
    }

    private static HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(MESSAGES + path));
        String token = System.getenv("SLUICE_TOKEN");
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private <T> T send(HttpRequest request, BodyHandler<T> handler, int seconds) throws Failure, InterruptedException {
        CompletableFuture<HttpResponse<T>> coming = http.sendAsync(request, handler);
        try {
            // In place of the request's own timeout, which does not count for the body.
            HttpResponse<T> response = coming.get(seconds, TimeUnit.SECONDS);
            if (response.statusCode() / 100 == 2) {
                return response.body();
            }
            String after = response.headers().firstValue("Retry-After").orElse("");
            throw new Failure(
                    response.statusCode(), text(response.body()), after.matches("\\d{1,4}") ? Integer.parseInt(after) : 0);
        } catch (ExecutionException e) {
            throw new Failure(e.getCause());
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw new Failure(e);
        }
    }

    private static String text(Object body) throws Failure {
        if (!(body instanceof InputStream)) {
            return body.toString();
        }
        try (InputStream stream = (InputStream) body) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Failure(e);
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> words = List.of(arguments);
        String command = words.isEmpty() ? "" : words.get(0);
        try {
            if (command.equals("post") && words.size() == 3) {
                System.out.println(new Sluice().post(words.get(1), words.get(2)));
            } else if (command.equals("bulk") && words.size() == 2) {
                new Sluice().bulk(Path.of(words.get(1)));
            } else if (command.equals("follow") && words.size() > 1) {
                new Sluice().follow(Path.of(words.get(1)), words.subList(2, words.size()));
            } else {
                System.err.println(USAGE);
                System.exit(2);
            }
        } catch (Failure failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        }
    }
}
