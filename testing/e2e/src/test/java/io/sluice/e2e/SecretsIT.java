package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.EventCodec;
import io.sluice.e2e.Client.Answer;
import io.sluice.local.FreePort;
import io.sluice.settings.DatabaseUrl;
import io.sluice.settings.Setting;
import io.sluice.testkit.Events;
import io.sluice.testkit.Records;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The programs say everything they can, in good weather and in bad, and no secret is in it. */
class SecretsIT {

    /** Every character that means something to URLs or in JSON. */
    private static final String OTHERS = "/@:?#&=%+ '\"\\";

    private static final Secret PASSWORD = new Secret("the database's password", "s3cretOfTheDatabase");
    private static final Secret KEY = new Secret("AUTH_SECRET", "s3cretThatSignsTokens");
    private static final Secret GARBAGE = new Secret("a token that is none", "s3cretOfNobody");

    private static final BearerToken VALID = token(Instant.parse("2100-01-01T00:00:00Z"));
    private static final BearerToken EXPIRED = token(Instant.parse("2020-01-01T00:00:00Z"));

    private static final List<Secret> SECRETS =
            List.of(PASSWORD, KEY, GARBAGE, VALID.signature("a token"), EXPIRED.signature("a token that has expired"));

    private static final String MESSAGES = "/api/v1/messages";
    private static final String LETTERS = "/api/v1/dead-letters";
    private static final String TOPIC_PREFIX = "secrets.";

    private static final int DONE = 0;
    private static final int WRONG_SETTING = 2;
    private static final int DATABASE = 4;

    private enum Weather {
        GOOD("up", "keeper", "text", DONE),
        PASSWORD_IS_WRONG("down", "sluice", "json", DATABASE),
        DATABASE_IS_AWAY("down", "sluice", "text", DATABASE);

        private final String health;
        private final String user;
        private final String logFormat;
        private final int exitCodeOfInitJob;

        Weather(String health, String user, String logFormat, int exitCodeOfInitJob) {
            this.health = health;
            this.user = user;
            this.logFormat = logFormat;
            this.exitCodeOfInitJob = exitCodeOfInitJob;
        }

        /** For as long as init-job waits for servers: not for what is to be in vain. */
        String timeout() {
            return this == GOOD ? "30s" : "6s";
        }

        /** With a password for the key of a certificate, too, which only the driver reads. */
        String databaseUrl() {
            String server = Sluice.platform().postgres().address();
            return "jdbc:postgresql://%s/sluice?user=%s&password=%s&sslpassword=%3$s"
                    .formatted(
                            this == DATABASE_IS_AWAY ? "127.0.0.1:1" : server,
                            user,
                            URLEncoder.encode(password(), UTF_8));
        }
    }

    private record Ports(int http, int management) {}

    @TempDir
    Path folder;

    private final Map<String, String> said = new HashMap<>();

    @BeforeAll
    static void makeAUserWithThatPassword() throws SQLException {
        DatabaseUrl admin = DatabaseUrl.parse(Sluice.platform().postgres().adminUrl());
        try (Connection connection = DriverManager.getConnection(admin.jdbcUrl(), admin.user(), admin.password());
                Statement statement = connection.createStatement()) {
            statement.execute("drop role if exists keeper");
            statement.execute(
                    "create role keeper login in role sluice password " + statement.enquoteLiteral(password()));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DATABASE_IS_AWAY")
    void inNoWeatherIsOneSaid(Weather weather) throws Exception {
        assertNoneIsSaidIn(weather);
    }

    @Test
    @Tag("matrix")
    void noneIsSaidWhenTheDatabaseIsAway() throws Exception {
        assertNoneIsSaidIn(Weather.DATABASE_IS_AWAY);
    }

    private void assertNoneIsSaidIn(Weather weather) throws Exception {
        // Given
        Ports apiPorts = new Ports(FreePort.find(), FreePort.find());
        Ports consumerPorts = new Ports(FreePort.find(), FreePort.find());

        // When
        try (ProgramRun initJob = start("init-job", weather, new Ports(1, 2), "--wait-at-most=" + weather.timeout());
                ProgramRun api = start("api", weather, apiPorts);
                ProgramRun consumer = start("consumer", weather, consumerPorts)) {
            assertThat(initJob.exitCode()).as(initJob.err()).isEqualTo(weather.exitCodeOfInitJob);
            Client client = client(apiPorts.http());
            hearOfTheProgram(apiPorts, weather);
            hearOfTheProgram(consumerPorts, weather);
            hearRefusals(client);
            if (weather == Weather.GOOD) {
                hearOfAnEvent(client);
            } else {
                assertThat(hear(client.get(MESSAGES, VALID.header())).status()).isEqualTo(503);
            }
            for (ProgramRun run : List.of(initJob, api, consumer)) {
                run.stop();
                said.put("the output of " + run.program(), run.out() + run.err());
                said.put("the log file of " + run.program(), logFileOf(run));
            }

            // Then
            assertThat(List.of(initJob.err(), api.out(), consumer.out())).allMatch(log -> log.contains("TRACE"));
            assertThat(logFileOf(initJob)).isEqualTo(initJob.err());
            assertThat(linesThatStay(logFileOf(api))).containsExactlyInAnyOrderElementsOf(linesThatStay(api.out()));
            assertThat(linesThatStay(logFileOf(consumer)))
                    .containsExactlyInAnyOrderElementsOf(linesThatStay(consumer.out()));
        }
        assertNoneIsSaid();
    }

    /** Those of JMX are left out: threads of Kafka's clients write some while the program ends, when the file is closed and the output is not. */
    private static List<String> linesThatStay(String log) {
        return log.lines().filter(line -> !line.contains("[ja.ma.mbeanserver]")).toList();
    }

    @Test
    void noneIsSaidWhenItIsWrong() {
        Map<String, String> settings = Map.of(
                "AUTH_SECRET", KEY.core(),
                "AUTH_JWKS_URL", "https://user:%s@login.example.com/keys".formatted(GARBAGE.core()),
                "DATABASE_URL", "postgresql://sluice:%s%%@localhost/sluice".formatted(PASSWORD.core()));
        for (String program : ProgramRun.PROGRAMS) {
            try (ProgramRun run = ProgramRun.start(program, settings)) {
                assertThat(run.exitCode()).isEqualTo(WRONG_SETTING);
                assertThat(run.err())
                        .contains(settings.keySet().stream()
                                .filter(setting -> ConfigurationTable.users(Setting.valueOf(setting))
                                        .contains(program))
                                .toList());
                said.put(program, run.out() + run.err());
            }
        }
        assertNoneIsSaid();
    }

    /** Answers that it gives to everybody, once it has tried the database. */
    private void hearOfTheProgram(Ports ports, Weather weather) {
        Client program = client(ports.http());
        await().ignoreExceptionsMatching(AssertionError.class::isInstance)
                .until(() -> healthOfDatabase(program).equalsIgnoreCase(weather.health));
        Stream.of("/health", "/health/ready", "/health/started", "/openapi", "/docs/", "/nothing")
                .map(program::get)
                .forEach(this::hear);
        hear(client(ports.management()).get("/metrics"));
    }

    /** Of tokens that do not hold, and of one where none belongs. */
    private void hearRefusals(Client api) {
        for (String token : List.of(EXPIRED.text(), GARBAGE.core() + OTHERS, VALID.text() + GARBAGE.core())) {
            String[] header = new BearerToken(token).header();
            assertThat(hear(api.get(MESSAGES, header)).status()).isEqualTo(401);
            assertThat(hear(api.post("{\"payload\":1}", header)).status()).isEqualTo(401);
        }
        assertThat(hear(api.get(MESSAGES + "?access_token=" + VALID.text(), VALID.header()))
                        .status())
                .isEqualTo(400);
    }

    /** One that is stored, while another with its id becomes a dead letter and is sent again. */
    private void hearOfAnEvent(Client api) throws Exception {
        String key = "secrets-" + UUID.randomUUID();
        String body = "{\"key\":\"%s\",\"payload\":1}".formatted(key);
        Answer accepted = await().until(() -> hear(api.post(body, VALID.header())), it -> it.status() == 202);
        UUID id = UUID.fromString(accepted.id());
        await().until(() -> hear(api.get(MESSAGES + "/" + id, VALID.header())).status() == 200);
        Sluice.send(EventCodec.encode(Events.with().id(id).key(key).build(), TOPIC_PREFIX + "messages"));
        JsonNode letters = await().until(
                        () -> hear(api.get(LETTERS + "?key=" + key, VALID.header()))
                                .json()
                                .get("items"),
                        found -> !found.isEmpty());
        String letter = LETTERS + "/" + letters.at("/0/id").textValue();
        assertThat(hear(api.send("POST", letter + "/redrive?as=new", VALID.header()))
                        .status())
                .isEqualTo(202);
        await().until(
                        () -> hear(api.get(letter, VALID.header())).json(),
                        read -> read.at("/state").textValue().equals("resolved"));
        for (String topic : List.of("messages", "dead-letters")) {
            said.put("the topic " + topic, recordsOf(TOPIC_PREFIX + topic));
        }
        for (String table : List.of("messages", "dead_letters", "dead_letter_attempts", "dead_letter_actions")) {
            said.put("the table " + table, new Table().dump(table));
        }
        assertThat(said.get("the table messages")).contains("/alice");
    }

    /** Remembers all of an answer. */
    private Answer hear(Answer answer) {
        said.put(
                answer.response().request() + ", answer " + said.size(),
                answer.response().headers().map() + answer.text());
        return answer;
    }

    private void assertNoneIsSaid() {
        List<String> found = new ArrayList<>();
        said.forEach((where, text) -> {
            assertThat(text).as(where).isNotEmpty();
            SECRETS.stream()
                    .filter(secret -> secret.isIn(text))
                    .forEach(secret -> found.add(secret.name() + " is in " + where));
        });
        assertThat(found).isEmpty();
    }

    private ProgramRun start(String program, Weather weather, Ports ports, String... arguments) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "LOG_LEVEL",
                "TRACE",
                "LOG_FORMAT",
                weather.logFormat,
                "LOG_FILE",
                folder.toString(),
                "TOPIC_PREFIX",
                TOPIC_PREFIX,
                "KAFKA_GROUP_ID",
                "secrets",
                "HTTP_PORT",
                Integer.toString(ports.http()),
                "MANAGEMENT_PORT",
                Integer.toString(ports.management()),
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka(),
                "AUTH_SECRET",
                key()));
        if (weather == Weather.DATABASE_IS_AWAY) {
            settings.put("DATABASE_URL", weather.databaseUrl());
        } else {
            Path file = Files.writeString(folder.resolve("url"), weather.databaseUrl());
            settings.put("DATABASE_URL_FILE", file.toString());
        }
        return ProgramRun.start(program, settings, arguments);
    }

    private String logFileOf(ProgramRun run) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.filter(path -> path.toString().endsWith("_" + run.program() + ".log"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(file);
        }
    }

    /** With a letter beyond ASCII, too. */
    private static String password() {
        return PASSWORD.core() + OTHERS + 'é';
    }

    private static String key() {
        return KEY.core() + OTHERS;
    }

    private static BearerToken token(Instant expiry) {
        return BearerToken.until(expiry, key());
    }

    private static Client client(int port) {
        return new Client(URI.create("http://127.0.0.1:" + port));
    }

    private static String kafka() {
        return Sluice.platform().kafka().bootstrapServers();
    }

    private static String recordsOf(String topic) {
        return new Records(kafka(), topic).all().stream().map(SecretsIT::text).collect(Collectors.joining("\n"));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder text =
                new StringBuilder(new String(record.key(), UTF_8)).append(new String(record.value(), UTF_8));
        for (Header header : record.headers()) {
            text.append(' ').append(header.key()).append('=').append(new String(header.value(), UTF_8));
        }
        return text.toString();
    }

    private static String healthOfDatabase(Client program) {
        for (JsonNode check : program.get("/health").json().get("checks")) {
            if (check.get("name").textValue().equals("database")) {
                return check.get("status").textValue();
            }
        }
        return "not checked";
    }
}
