package io.sluice.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Output for the person who runs Sluice; the same lines in a terminal and in a file. */
final class Console implements ProgressListener {
    private final PrintStream out;
    private final PrintStream err;
    private final long start = System.nanoTime();

    Console(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void starting(PlatformSettings settings) {
        String later = Stream.concat(Stream.of("the worker"), settings.others().stream())
                .collect(Collectors.joining(", "));
        switch (settings.mode()) {
            case PLATFORM ->
                out.println("Starting Sluice: PostgreSQL and Kafka, init-job, api and consumer; then " + later + ".");
            case WITHOUT_MESSAGES ->
                out.println("Starting Sluice without messages: PostgreSQL, init-job and api; then " + later + ".");
            case DEPENDENCIES -> out.println("Starting PostgreSQL and Kafka for development.");
        }
    }

    void started(PlatformSettings settings, Platform platform) {
        out.printf("%nReady after %s s.%n%n", seconds(Duration.ofNanos(System.nanoTime() - start)));
        switch (settings.mode()) {
            case PLATFORM -> {
                api(platform);
                program("Consumer", platform.consumer());
                later(platform);
                kafka(platform);
            }
            case WITHOUT_MESSAGES -> {
                api(platform);
                later(platform);
            }
            case DEPENDENCIES -> kafka(platform);
        }
        row("PostgreSQL", platform.postgres().url());
        row("Logs", settings.logs().toString());
        out.print(
                switch (settings.mode()) {
                    case PLATFORM -> curls(platform);
                    case WITHOUT_MESSAGES -> Token.isAskedFor(System.getenv()) ? "" : OPEN;
                    case DEPENDENCIES -> development(settings, platform);
                });
        out.printf("%nCtrl-C stops it.%n");
    }

    private void later(Platform platform) {
        program("Worker", platform.worker());
        platform.others().forEach(other -> program(other.name(), other));
    }

    private void program(String label, Program program) {
        row(label, program.url() + "/health, metrics at " + program.metrics());
    }

    private void api(Platform platform) {
        row("API", platform.api().url().toString());
        row("Swagger UI", platform.api().url() + "/docs");
        row("OpenAPI", platform.api().url() + "/openapi");
        row("Health", platform.api().url() + "/health");
        row("Metrics", platform.api().metrics().toString());
    }

    private void kafka(Platform platform) {
        row("Kafka", platform.kafka().bootstrapServers());
    }

    private void row(String label, String value) {
        out.printf("  %-12s %s%n", label, value);
    }

    @Override
    public void stale(String name, long pid) {
        out.printf("  %-12s left by an earlier run (process %d), is being stopped%n", name, pid);
    }

    @Override
    public void ready(String name, Duration took, String address) {
        String word = address.isEmpty() ? "done" : "ready";
        out.println("  %-12s %-8s %5s s   %s"
                .formatted(name, word, seconds(took), address)
                .stripTrailing());
    }

    @Override
    public void died(String what, Duration pause) {
        out.printf("%n%s%nStarting it again in %s s.%n", what, seconds(pause));
    }

    @Override
    public void recovered() {
        out.println("All parts are ready again.");
    }

    @Override
    public void stopped(String name, Duration took) {
        out.printf("  %-12s %-8s %5s s%n", name, "stopped", seconds(took));
    }

    void stopping() {
        out.println();
        out.println("Stopping.");
    }

    void stoppedAll() {
        out.println("Stopped.");
    }

    void failed(String reason) {
        err.println(reason);
    }

    private static final String OPEN =
            """

            Nobody is asked for a token, because neither AUTH_SECRET nor AUTH_JWKS_URL is set.
            """;

    private static String curls(Platform platform) {
        boolean token = Token.isAskedFor(System.getenv());
        return (token ? "" : OPEN)
                + """

                Post an event, read it back once it is stored, list the newest of its key:

                  curl -i %1$s/api/v1/messages%3$s -H 'Content-Type: application/json' \
                -d '{"id":"%2$s","key":"order-42","subject":"orders","payload":{"total":99.5}}'
                  curl -i %1$s/api/v1/messages/%2$s%3$s -H 'Prefer: wait=5'
                  curl -i '%1$s/api/v1/messages?key=order-42'%3$s
                """
                        .formatted(
                                platform.api().url(),
                                UUID.randomUUID(),
                                token ? " -H \"Authorization: Bearer $(./run token)\"" : "");
    }

    private static String development(PlatformSettings settings, Platform platform) {
        String addresses = settings.ports().equals(Ports.DEVELOPMENT)
                ? ""
                : "  export KAFKA_BOOTSTRAP_SERVERS=%s DATABASE_URL=%s\n"
                        .formatted(
                                platform.kafka().bootstrapServers(),
                                platform.postgres().url());
        String others = settings.others().stream()
                .map("  ./mvnw quarkus:dev -pl %s -am\n"::formatted)
                .collect(Collectors.joining());
        return """

                Start the programs in development mode, each in a terminal of its own:

                %s\
                  ./mvnw quarkus:dev -pl api -am
                  ./mvnw quarkus:dev -pl consumer -am
                  ./mvnw quarkus:dev -pl worker -am
                %s"""
                .formatted(addresses, others);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }
}
