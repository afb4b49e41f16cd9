package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.e2e.Client.Answer;
import io.sluice.local.FreePort;
import io.sluice.local.Token;
import io.sluice.testkit.Events;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The programs are told to stop while they have work. */
class ShutdownIT {

    /** 128 and the number of SIGTERM. */
    private static final int TERMINATED = 143;

    private static final Duration GRACE = Duration.ofSeconds(20);

    private static final int CLIENTS = 8;

    /** More than the consumer has under way when it is told to stop: the first 2,000 are stored then, and it has begun two batches of as many. */
    private static final int EVENTS = 8_000;

    private final Table table = new Table();

    @Test
    void anApiThatStopsAnswersWhatItHasReadAndTellsItsClientsToGo() {
        String subject = "stop-" + UUID.randomUUID();
        int port = FreePort.find();
        Map<String, String> key = Map.of("AUTH_SECRET", "a secret of tests, of 32 characters or more");
        String token = Token.parse(List.of()).sign(key, Clock.systemUTC());
        Map<String, String> production = new HashMap<>(key);
        production.putAll(Map.of("TOPIC_PREFIX", "e2e.", "APP_ENV", "production", "RATE_LIMIT", "0"));
        try (ProgramRun api = start("api", port, production)) {
            // Given
            URI url = URI.create("http://127.0.0.1:" + port);
            awaitReady(url);
            QuietConnection quiet = QuietConnection.http1(port);
            QuietConnection quietHttp2 = QuietConnection.http2(port);
            QuietConnection busyHttp2 = QuietConnection.http2(port);
            AtomicInteger answered = new AtomicInteger();
            List<Callable<List<UUID>>> clients = Stream.generate(
                            () -> client(new Client(url, token), subject, answered))
                    .limit(CLIENTS)
                    .toList();
            CompletableFuture<List<List<UUID>>> load = CompletableFuture.supplyAsync(() -> AtOnce.run(clients));
            Client waiter = new Client(url, token);
            CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(
                    () -> waiter.get("/api/v1/messages/" + UUID.randomUUID(), "Prefer", "wait=30"));
            await().until(() -> answered.get() > 100);

            // When
            api.terminate();
            await().until(() -> !isReady(url));
            Answer whileItStops = post(new Client(url, token), subject);
            int live = new Client(url).get("/health/live").status();
            busyHttp2.ask();

            // Then
            busyHttp2.awaitGoAway();
            quietHttp2.awaitGoAway();
            quiet.awaitEnd();
            assertThat(live).isEqualTo(200);
            List<UUID> accepted = load.join().stream().flatMap(List::stream).toList();
            assertThat(whileItStops.status()).isEqualTo(202);
            assertThat(whileItStops.header("Connection")).isEqualTo("close");
            assertThat(waiting.join().status()).isEqualTo(404);
            assertThat(api.exitCode(GRACE)).isEqualTo(TERMINATED);
            await().untilAsserted(() -> assertThat(table.withSubject(subject))
                    .extracting(Table.Row::id)
                    .contains(UUID.fromString(whileItStops.id()))
                    .containsAll(accepted));
        }
    }

    /** Posts through one connection, and makes a new one as long as the api is ready, as behind a Service of Kubernetes. */
    private static Callable<List<UUID>> client(Client client, String subject, AtomicInteger answered) {
        return () -> {
            List<UUID> accepted = new ArrayList<>();
            Answer answer;
            do {
                answer = post(client, subject);
                assertThat(answer.status()).isEqualTo(202);
                accepted.add(UUID.fromString(answer.id()));
                answered.incrementAndGet();
            } while (!answer.header("Connection").equals("close"));
            return accepted;
        };
    }

    private static Answer post(Client client, String subject) {
        return client.post("{\"subject\":\"%s\",\"payload\":1}".formatted(subject));
    }

    @Test
    void aConsumerThatStopsCommitsWhatItHasStoredAndLeavesTheRestToTheNext() throws Exception {
        String prefix = "stop-" + UUID.randomUUID() + ".";
        String subject = prefix;
        Map<String, String> settings = Map.of("TOPIC_PREFIX", prefix, "KAFKA_GROUP_ID", prefix);
        try (ProgramRun initJob = start("init-job", 1, settings)) {
            assertThat(initJob.exitCode()).isZero();
        }
        publish(prefix + "messages", subject);
        slowDown(subject);

        // When
        try (ProgramRun first = start("consumer", FreePort.find(), settings)) {
            await().until(() -> !table.withSubject(subject).isEmpty());
            first.terminate();

            // Then
            assertThat(first.exitCode(GRACE)).isEqualTo(TERMINATED);
        }
        int storedByTheFirst = table.withSubject(subject).size();
        assertThat(storedByTheFirst).isBetween(1, EVENTS - 1);
        assertThat(committed(prefix)).isEqualTo(storedByTheFirst);
        assertThat(members(prefix)).isZero();

        // When
        table.execute("drop function slow cascade");
        int metrics = FreePort.find();
        Map<String, String> withMetrics = new HashMap<>(settings);
        withMetrics.put("MANAGEMENT_PORT", Integer.toString(metrics));
        try (ProgramRun next = start("consumer", FreePort.find(), withMetrics)) {
            await().until(() -> table.withSubject(subject).size() == EVENTS);

            // Then
            Exposition shown = Exposition.of(URI.create("http://127.0.0.1:" + metrics + "/metrics"));
            assertThat(shown.sum("sluice_consumer_events_duplicates_total")).isZero();
            next.stop();
        }
    }

    /** A millisecond or two for each of these events: so that a batch is under way when the program is told to stop. */
    private void slowDown(String subject) {
        table.execute(
                """
                create or replace function slow() returns trigger language plpgsql as $$
                begin
                    perform pg_sleep(0.001);
                    return new;
                end $$;
                create or replace trigger slow before insert on messages for each row
                    when (new.subject = '%s') execute function slow();
                """
                        .formatted(subject));
    }

    private static void publish(String topic, String subject) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", kafka());
        settings.put("linger.ms", 20);
        settings.put("acks", "all");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            IntStream.range(0, EVENTS).forEach(i -> {
                Event event = Events.with().subject(subject).build();
                var unused = producer.send(EventCodec.encode(event, topic));
            });
        }
    }

    private static long committed(String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                    .filter(entry -> entry.getKey().topic().endsWith("messages"))
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        }
    }

    private static int members(String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
            return admin.describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get()
                    .members()
                    .size();
        }
    }

    private static void awaitReady(URI url) {
        await().ignoreExceptionsMatching(AssertionError.class::isInstance).until(() -> isReady(url));
    }

    private static boolean isReady(URI url) {
        return new Client(url).get("/health/ready").status() == 200;
    }

    private static ProgramRun start(String program, int port, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("HTTP_PORT", Integer.toString(port));
        all.put("KAFKA_BOOTSTRAP_SERVERS", kafka());
        all.put("DATABASE_URL", Sluice.platform().postgres().url());
        return ProgramRun.start(program, all);
    }

    private static String kafka() {
        return Sluice.platform().kafka().bootstrapServers();
    }
}
