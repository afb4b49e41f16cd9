package io.sluice.api.messages;

import static io.restassured.RestAssured.given;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.sluice.contract.Topic;
import io.sluice.testkit.OwnServers;
import io.sluice.testkit.Records;
import io.sluice.testkit.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The topic can be deleted, made by the broker itself, and be set or guarded so that it takes no events. */
@QuarkusTest
@WithTestResource(OwnServers.class)
class TopicFaultsTest {

    private static final String MESSAGES = Topic.MESSAGES.name("");
    private static final ConfigResource SETTINGS = new ConfigResource(ConfigResource.Type.TOPIC, MESSAGES);
    private static final String SMALL = "{\"payload\":1}";
    private static final String LARGE = "{\"payload\":\"" + "x".repeat(2_000) + "\"}";

    private final MeterRegistry metrics;
    private Admin admin;
    Servers servers;

    TopicFaultsTest(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @BeforeEach
    void awaitAccepted() {
        servers.prepare();
        admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers.kafka().bootstrapServers()));
        await().until(() -> post(SMALL).statusCode() == 202);
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void aTopicThatTheBrokerMadeByItselfGetsNoEventUntilInitJobHasCorrectedIt() throws Exception {
        // Given
        List<String> acceptedMeanwhile = new ArrayList<>();

        // When
        admin.deleteTopics(List.of(MESSAGES)).all().get();
        try (KafkaConsumer<byte[], byte[]> other = consumer()) {
            await().until(() -> {
                Response answer = post(SMALL);
                if (answer.statusCode() == 202) {
                    acceptedMeanwhile.add(id(answer));
                }
                // The api itself may have noticed the deletion before its producer asked for the topic again.
                other.partitionsFor(MESSAGES);
                return health().contains("was made by the broker itself, with its own defaults; run init-job");
            });
        }

        // Then
        post(SMALL)
                .then()
                .statusCode(503)
                .body("code", is("not-accepted"))
                .body("detail", containsString("made by the broker itself"));
        given().get("/health/ready").then().statusCode(200);
        assertThat(acceptedMeanwhile).noneMatch(published()::contains);

        // When
        servers.prepare();

        // Then
        await().until(() -> post(SMALL).statusCode() == 202);
        String accepted = id(post(SMALL));
        assertThat(published()).contains(accepted);
        assertThat(health()).contains("with 12 partitions").doesNotContain("DOWN");
    }

    @Test
    void aTopicThatIsMissingIsNotMadeByAskingForIt() throws Exception {
        // Given
        admin.deleteTopics(List.of(MESSAGES)).all().get();
        await().until(() -> health().contains("run init-job"));
        if (exists()) {
            admin.deleteTopics(List.of(MESSAGES)).all().get();
        }
        await().until(() -> health().contains("does not exist; run init-job"));

        // When
        for (int i = 0; i < 50; i++) {
            post(SMALL).then().statusCode(503).body("code", is("not-accepted"));
        }

        // Then
        assertThat(exists()).isFalse();
        servers.prepare();
        await().until(() -> post(SMALL).statusCode() == 202);
    }

    @ParameterizedTest
    @CsvSource({
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG + ", 500,                 too-large, max.message.bytes",
        TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG + ", 0,     timestamp, message.timestamp.after.max.ms",
    })
    void whatASettingOfTheTopicRefusesIsToldForCertain(String setting, String value, String reason, String named)
            throws Exception {
        // Given
        String before = setting(setting);
        double counted = refused(reason);
        set(setting, value);

        // When
        Response answer = awaitRefusal(LARGE);
        String health = health();

        // Then
        answer.then()
                .statusCode(503)
                .body("code", is("not-accepted"))
                .body("detail", containsString("Kafka has refused the event, and does not have it"))
                .body("detail", containsString(named));
        assertThat(published()).doesNotContain(id(answer));
        assertThat(health).contains("DOWN").contains(named);
        assertThat(refused(reason)).isGreaterThan(counted);

        // When
        set(setting, before);

        // Then
        await().until(() -> post(LARGE).statusCode() == 202);
    }

    @ParameterizedTest
    @CsvSource({"WRITE", "DESCRIBE"})
    void aRightThatIsTakenAwayIsToldForCertainAndItsReturnIsNoticed(AclOperation operation) throws Exception {
        // Given
        AclBinding denied = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, MESSAGES, PatternType.LITERAL),
                new AccessControlEntry("User:ANONYMOUS", "*", AclOperation.WRITE, AclPermissionType.DENY));
        AclBinding other = new AclBinding(
                denied.pattern(),
                new AccessControlEntry(
                        "User:ANONYMOUS",
                        "*",
                        AclOperation.DESCRIBE,
                        operation == AclOperation.WRITE ? AclPermissionType.ALLOW : AclPermissionType.DENY));

        // When
        admin.createAcls(List.of(denied, other)).all().get();
        Response answer = awaitRefusal(SMALL);
        String health = health();
        admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();

        // Then
        answer.then()
                .statusCode(503)
                .body("code", is("not-accepted"))
                .body("detail", containsString("grant it Write on the topic"));
        assertThat(health).contains("DOWN").contains("grant it Write on the topic");
        await().until(() -> post(SMALL).statusCode() == 202);
        await().until(() -> given().get("/health").statusCode() == 200);
        assertThat(published()).doesNotContain(id(answer));
    }

    /** While something may have been sent twice, no refusal is certain; the producer is looked at each second. */
    private static Response awaitRefusal(String body) {
        return await().until(
                        () -> post(body),
                        posted -> posted.statusCode() != 202 && !"outcome-unknown".equals(posted.path("code")));
    }

    /** A client with Kafka's defaults, to which the broker makes the topic that it asks for. */
    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers.kafka().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private boolean exists() throws Exception {
        return admin.listTopics().names().get().contains(MESSAGES);
    }

    private String setting(String name) throws Exception {
        return admin.describeConfigs(List.of(SETTINGS))
                .all()
                .get()
                .get(SETTINGS)
                .get(name)
                .value();
    }

    private void set(String name, String value) throws Exception {
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(name, value), OpType.SET);
        admin.incrementalAlterConfigs(Map.of(SETTINGS, List.of(set))).all().get();
    }

    private double refused(String reason) {
        return metrics.get("sluice.api.events.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private static String health() {
        return given().get("/health").asString();
    }

    private static Response post(String body) {
        return given().contentType(ContentType.JSON).body(body).post("/api/v1/messages");
    }

    private static String id(Response answer) {
        return answer.path("id");
    }

    private Set<String> published() {
        return new Records(servers.kafka().bootstrapServers(), MESSAGES).ids();
    }
}
