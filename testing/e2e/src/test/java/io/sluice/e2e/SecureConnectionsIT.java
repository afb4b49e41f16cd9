package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static org.apache.kafka.common.acl.AclOperation.ALTER;
import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.e2e.Client.Answer;
import io.sluice.local.FreePort;
import io.sluice.testkit.SecureServers;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packaged programs with servers that encrypt, each as a user that may do no more than docs/guides/connections.md has. */
class SecureConnectionsIT {

    private static final String SECRET = "s3cret";

    /** Characters that mean something to Kafka's login modules, to expressions, or to shells. */
    private static final String KAFKA_PASSWORD = SECRET + " \"\\;${slash}'$$";

    private static final SecureServers SERVERS = Secure.servers();

    private final int apiPort = FreePort.find();
    private final int consumerPort = FreePort.find();
    private final Client api = new Client(URI.create("http://127.0.0.1:" + apiPort));
    private final Client consumer = new Client(URI.create("http://127.0.0.1:" + consumerPort));

    @BeforeAll
    static void makeUsers() throws Exception {
        try (Admin admin = SERVERS.admin()) {
            admin.createAcls(rights()).all().get();
        }
        execute(
                "create role api login password '" + SECRET + "'",
                "create role consumer login password '" + SECRET + "'");
    }

    @Test
    void eventsGoAllTheWayOnceTheServersKnowThePrograms() throws SQLException {
        // Given
        SERVERS.setPassword("init-job", KAFKA_PASSWORD);
        SERVERS.setPassword("api", "another");
        SERVERS.setPassword("consumer", "another");
        try (ProgramRun initJobRun = start("init-job", "sluice", "sluice", 0);
                ProgramRun apiRun = start("api", "api", SECRET, apiPort);
                ProgramRun consumerRun = start("consumer", "consumer", SECRET, consumerPort)) {
            assertThat(initJobRun.exitCode(Duration.ofSeconds(60)))
                    .as(initJobRun.err())
                    .isZero();
            execute(GRANTS);
            awaitUnreadyBecause(api, "invalid credentials with SASL mechanism SCRAM-SHA-512");
            awaitUnreadyBecause(consumer, "invalid credentials with SASL mechanism SCRAM-SHA-512");

            // When
            SERVERS.setPassword("api", KAFKA_PASSWORD);
            SERVERS.setPassword("consumer", KAFKA_PASSWORD);

            // Then
            awaitReady(api);
            awaitReady(consumer);
            Answer posted = api.post("{\"payload\":{\"n\":1.0}}");
            assertThat(posted.status()).isEqualTo(202);
            await().until(() -> api.read(posted.id()).status() == 200);
            assertThat(api.read(posted.id()).payload()).asString().isEqualTo("{\"n\":1.0}");
            assertThat(api.get("/api/v1/topics").status()).isEqualTo(200);
            aDeadLetterIsSentAgainUntilItIsStored();
            assertThat(unencryptedConnections()).isZero();

            // Then
            for (ProgramRun run : List.of(apiRun, consumerRun, initJobRun)) {
                run.stop();
                String said = run.out() + run.err();
                assertThat(said).as(run.program()).contains(" TRACE ").doesNotContain(SECRET);
                assertThat(said.lines().filter(line -> line.contains("invalid credentials")))
                        .as("lines of the %s about its password", run.program())
                        .hasSizeLessThan(5);
            }
        }
    }

    private void aDeadLetterIsSentAgainUntilItIsStored() throws SQLException {
        execute("alter table messages add constraint no_poison check (type <> 'poison') not valid");
        String event = api.post("{\"type\":\"poison\",\"payload\":1}").id();
        String letters = "/api/v1/dead-letters";
        await().until(() -> !api.get(letters).json().get("items").isEmpty());
        String letter =
                letters + "/" + api.get(letters).json().at("/items/0/id").textValue();
        assertThat(api.send("POST", letter + "/redrive").status()).isEqualTo(202);
        await().until(() -> api.get(letter).json().get("attempts").intValue() == 2);
        execute("alter table messages drop constraint no_poison");
        assertThat(api.send("POST", letter + "/redrive").status()).isEqualTo(202);
        assertThat(api.read(event).status()).isEqualTo(200);
        await().until(() -> api.get(letter).json().get("state").textValue().equals("resolved"));
    }

    private static ProgramRun start(String program, String role, String password, int port) {
        Map<String, String> settings = new HashMap<>(SERVERS.environment(program, KAFKA_PASSWORD));
        settings.computeIfPresent(
                "DATABASE_URL", (name, url) -> url.replace("sluice:sluice@", role + ":" + password + "@"));
        settings.put("LOG_LEVEL", "TRACE");
        settings.put("HTTP_PORT", Integer.toString(Math.max(port, 1)));
        return ProgramRun.start(program, settings);
    }

    private static void awaitReady(Client client) {
        await().ignoreExceptionsMatching(AssertionError.class::isInstance)
                .untilAsserted(() -> assertThat(client.get("/health/ready").status())
                        .as(client.get("/health").text())
                        .isEqualTo(200));
    }

    private static void awaitUnreadyBecause(Client client, String reason) {
        await().ignoreExceptionsMatching(AssertionError.class::isInstance).untilAsserted(() -> {
            Answer ready = client.get("/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.text()).contains(reason).doesNotContain(SECRET);
            assertThat(client.get("/health").text()).doesNotContain(SECRET);
        });
    }

    private static List<AclBinding> rights() {
        List<AclBinding> rights = new ArrayList<>();
        for (String topic : List.of("messages", "dead-letters")) {
            for (AclOperation operation : List.of(CREATE, DESCRIBE, ALTER, DESCRIBE_CONFIGS, ALTER_CONFIGS)) {
                rights.add(right("init-job", operation, ResourceType.TOPIC, topic));
            }
            rights.add(right("consumer", READ, ResourceType.TOPIC, topic));
            rights.add(right("api", READ, ResourceType.TOPIC, topic));
            rights.add(right("api", DESCRIBE_CONFIGS, ResourceType.TOPIC, topic));
        }
        rights.add(right("api", WRITE, ResourceType.TOPIC, "messages"));
        rights.add(right("api", DESCRIBE, ResourceType.GROUP, "sluice"));
        rights.add(right("api", DESCRIBE, ResourceType.GROUP, "sluice-dead-letters"));
        rights.add(right("consumer", WRITE, ResourceType.TOPIC, "messages"));
        rights.add(right("consumer", WRITE, ResourceType.TOPIC, "dead-letters"));
        rights.add(right("consumer", READ, ResourceType.GROUP, "sluice"));
        rights.add(right("consumer", READ, ResourceType.GROUP, "sluice-dead-letters"));
        return rights;
    }

    private static AclBinding right(String user, AclOperation operation, ResourceType type, String name) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    private static final String[] GRANTS = {
        "grant select on flyway_schema_history to api, consumer",
        "grant select, insert on messages to api",
        "grant update (type, key, subject, caller, owner, traceparent, payload, erased_at) on messages to api",
        "grant select on dead_letters, dead_letter_attempts, dead_letter_actions to api",
        "grant update on dead_letters to api",
        "grant update (detail) on dead_letter_attempts to api",
        "grant select, insert, update on erasures, replays to api",
        "grant insert, update on dead_letter_actions to api",
        "grant select, insert on outbox to api",
        "grant select, insert, update, delete on tasks to api",
        "grant select, insert on task_creations to api",
        "grant select on task_activity to api",
        "grant select, insert on jobs to api",
        "grant insert on scheduled_tasks to api",
        "grant select, insert, update, delete on images to api",
        "grant select on image_objects, image_statistics to api",
        "grant select, insert, update, delete on documents to api",
        "grant select, delete on passages, passage_terms, passage_vectors to api",
        "grant select, insert, update, delete on chat_sessions to api",
        "grant select, insert on chat_turns, chat_quotations to api",
        "grant select, insert on messages, dead_letter_attempts to consumer",
        "grant select, insert, update on dead_letters to consumer",
        "grant select, delete on outbox to consumer",
        "grant select, update on outbox_lease to consumer",
        "grant select, update on replays to consumer",
        "grant select, insert on task_activity to consumer",
        "grant select, insert, update on image_statistics to consumer"
    };

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = administrator();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static int unencryptedConnections() throws SQLException {
        try (Connection connection = administrator();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*) filter (where not ssl), count(*) from pg_stat_ssl natural join pg_stat_activity"
                                + " where usename in ('api', 'consumer')")) {
            rows.next();
            assertThat(rows.getInt(2)).as("connections").isPositive();
            return rows.getInt(1);
        }
    }

    private static Connection administrator() throws SQLException {
        String url = SERVERS.postgres().adminUrl().replaceFirst("postgres$", "sluice");
        return DriverManager.getConnection("jdbc:postgresql://" + url.replaceFirst(".*@", ""), "postgres", "postgres");
    }
}
