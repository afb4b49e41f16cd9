package io.sluice.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Topic;
import io.sluice.local.KafkaServer;
import io.sluice.provisioning.Step.Kind;
import io.sluice.settings.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TopicsTest {

    Sandbox sandbox;

    KafkaServer kafka() {
        return Servers.kafka();
    }

    @BeforeEach
    void open() {
        sandbox = new Sandbox(kafka()).with(Setting.TOPIC_PARTITIONS, "6");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void createsTheTopicsWithTheirSettings() throws Exception {
        // Given
        sandbox.with(Setting.RETENTION_DAYS, "7");

        // When
        Plan plan = sandbox.provision();

        // Then
        assertThat(sandbox.topics()).containsExactly("dead-letters", "messages");
        assertThat(plan.steps()).startsWith(step(Kind.CREATE, Topic.MESSAGES, "6 partitions, replication factor 1"));
        for (Topic topic : Topic.values()) {
            assertThat(sandbox.partitions(topic)).isEqualTo(6);
            assertThat(sandbox.setting(topic, "retention.ms")).isEqualTo("604800000");
            assertThat(sandbox.setting(topic, "max.message.bytes")).isEqualTo(String.valueOf(topic.maxMessageBytes()));
            assertThat(sandbox.setting(topic, "min.insync.replicas")).isEqualTo("1");
            assertThat(sandbox.setting(topic, "unclean.leader.election.enable")).isEqualTo("false");
            assertThat(sandbox.setting(topic, "cleanup.policy")).isEqualTo("delete");
            assertThat(sandbox.setting(topic, "retention.bytes")).isEqualTo("-1");
            assertThat(sandbox.setting(topic, "compression.type")).isEqualTo("uncompressed");
            assertThat(sandbox.setting(topic, "message.timestamp.type")).isEqualTo("CreateTime");
            assertThat(sandbox.setting(topic, "message.timestamp.before.max.ms"))
                    .isEqualTo("604800000");
        }
    }

    /** A broker on its own takes seconds to remove so many partitions, and describes the topic meanwhile. */
    @Test
    void createsATopicThatWasDeletedAMomentAgo() throws Exception {
        // Given
        sandbox.create(Topic.MESSAGES, 600, Map.of());
        sandbox.delete(Topic.MESSAGES);

        // When
        Plan plan = sandbox.provision();

        // Then
        assertThat(plan.steps()).startsWith(step(Kind.CREATE, Topic.MESSAGES, "6 partitions, replication factor 1"));
        assertThat(sandbox.partitions(Topic.MESSAGES)).isEqualTo(6);
    }

    @Test
    void hasNothingToDoASecondTime() throws Exception {
        // Given
        sandbox.provision();

        // When
        Plan plan = sandbox.provision();

        // Then
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.toString())
                .containsPattern("unchanged +topic " + sandbox.name(Topic.MESSAGES) + " +6 partitions")
                .endsWith("Nothing was to do.");
        assertThat(sandbox.partitions(Topic.MESSAGES)).isEqualTo(6);
    }

    @Test
    void correctsSettingsOfTopicsThatExist() throws Exception {
        // Given
        sandbox.create(Topic.MESSAGES, 6, Map.of("cleanup.policy", "compact", "retention.ms", "1000"));

        // When
        Plan plan = sandbox.provision();

        // Then
        assertThat(plan.steps())
                .contains(
                        step(Kind.CORRECT, Topic.MESSAGES, "cleanup.policy from compact to delete"),
                        step(Kind.CORRECT, Topic.MESSAGES, "retention.ms from 1000 to 2592000000"));
        assertThat(sandbox.setting(Topic.MESSAGES, "cleanup.policy")).isEqualTo("delete");
        assertThat(sandbox.setting(Topic.MESSAGES, "retention.ms")).isEqualTo("2592000000");
        assertThat(sandbox.provision().changes()).isEmpty();
    }

    @Test
    void correctsWhatCouldLoseOrChangeARecord() throws Exception {
        // Given
        sandbox.provision();
        Map<String, String> wrong = Map.of(
                "retention.bytes", "1048576",
                "compression.type", "zstd",
                "message.timestamp.type", "LogAppendTime",
                "message.timestamp.before.max.ms", "9223372036854775807",
                "unclean.leader.election.enable", "true",
                "max.message.bytes", "1000");
        for (Map.Entry<String, String> setting : wrong.entrySet()) {
            sandbox.set(Topic.MESSAGES, setting.getKey(), setting.getValue());
        }

        // When
        Plan plan = sandbox.provision();

        // Then
        assertThat(plan.changes())
                .containsExactly(
                        step(Kind.CORRECT, Topic.MESSAGES, "compression.type from zstd to uncompressed"),
                        step(Kind.CORRECT, Topic.MESSAGES, "max.message.bytes from 1000 to 1114112"),
                        step(
                                Kind.CORRECT,
                                Topic.MESSAGES,
                                "message.timestamp.before.max.ms from 9223372036854775807 to 2592000000"),
                        step(Kind.CORRECT, Topic.MESSAGES, "message.timestamp.type from LogAppendTime to CreateTime"),
                        step(Kind.CORRECT, Topic.MESSAGES, "retention.bytes from 1048576 to -1"),
                        step(Kind.CORRECT, Topic.MESSAGES, "unclean.leader.election.enable from true to false"));
        assertThat(sandbox.setting(Topic.MESSAGES, "retention.bytes")).isEqualTo("-1");
        assertThat(sandbox.setting(Topic.MESSAGES, "compression.type")).isEqualTo("uncompressed");
        assertThat(sandbox.provision().changes()).isEmpty();
    }

    @Test
    void setsOnTheTopicItselfWhatIsRightOnlyByTheBrokersDefault() throws Exception {
        // Given
        sandbox.create(Topic.MESSAGES, 6, Map.of());

        // When
        Plan plan = sandbox.provision();

        // Then
        assertThat(plan.steps())
                .contains(step(
                        Kind.CORRECT,
                        Topic.MESSAGES,
                        "retention.bytes, which is the broker's default, set to -1 on the topic itself"));
        assertThat(sandbox.provision().changes()).isEmpty();
    }

    @Test
    void leavesOtherSettingsAlone() throws Exception {
        // Given
        sandbox.create(Topic.MESSAGES, 6, Map.of("segment.ms", "3600000"));

        // When
        sandbox.provision();

        // Then
        assertThat(sandbox.setting(Topic.MESSAGES, "segment.ms")).isEqualTo("3600000");
    }

    @Test
    void theGuideSaysOfEverySettingOfKafkasWhyItIsOrIsNotSet() throws Exception {
        // Given
        sandbox.provision();
        String guide = Files.readString(Path.of("../../docs/guides/init-job.md"));

        // When
        List<String> missing = sandbox.settings(Topic.MESSAGES).stream()
                .filter(setting -> guide.lines()
                        .filter(line -> line.startsWith("|"))
                        .noneMatch(line -> line.contains("`" + setting + "`")))
                .toList();

        // Then
        assertThat(missing).isEmpty();
    }

    @Test
    void addsPartitionsAndWarnsOfTheOrder() throws Exception {
        // Given
        sandbox.provision();
        sandbox.with(Setting.TOPIC_PARTITIONS, "9");

        // When
        Plan plan = sandbox.provision();

        // Then
        assertThat(plan.steps()).contains(step(Kind.EXTEND, Topic.MESSAGES, "from 6 to 9 partitions"));
        assertThat(plan.steps())
                .anyMatch(step -> step.kind() == Kind.WARNING && step.detail().contains("overtake"));
        assertThat(sandbox.partitions(Topic.MESSAGES)).isEqualTo(9);
    }

    @Test
    void onlyWarnsWhereFewerPartitionsAreAskedFor() throws Exception {
        // Given
        sandbox.provision();
        sandbox.with(Setting.TOPIC_PARTITIONS, "3");

        // When
        Plan plan = sandbox.provision();

        // Then
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.steps())
                .contains(step(
                        Kind.WARNING, Topic.MESSAGES, "has 6 partitions, 3 are asked for: none can be taken away"));
        assertThat(sandbox.partitions(Topic.MESSAGES)).isEqualTo(6);
    }

    @Test
    void onlyWarnsWhereAnotherReplicationFactorIsAskedFor() throws Exception {
        // Given
        sandbox.provision();
        sandbox.with(Setting.TOPIC_REPLICATION_FACTOR, "3");

        // When
        Plan plan = sandbox.provision();

        // Then
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.steps())
                .anyMatch(step -> step.kind() == Kind.WARNING
                        && step.detail().startsWith("has replication factor 1, 3 is asked for"));
        assertThat(sandbox.setting(Topic.MESSAGES, "min.insync.replicas")).isEqualTo("1");
    }

    @Test
    void changesNothingUnderADryRun() throws Exception {
        // Given
        sandbox.create(Topic.MESSAGES, 2, Map.of("retention.ms", "1000"));

        // When
        Plan announced = sandbox.dryRun();

        // Then
        assertThat(announced.toString()).contains("would create", "would correct", "would extend");
        assertThat(sandbox.topics()).containsExactly("messages");
        assertThat(sandbox.partitions(Topic.MESSAGES)).isEqualTo(2);
        assertThat(sandbox.setting(Topic.MESSAGES, "retention.ms")).isEqualTo("1000");
        assertThat(sandbox.provision().steps()).isEqualTo(announced.steps());
    }

    @RepeatedTest(2)
    @Tag("matrix")
    void doesSoEachTime() throws Exception {
        doesEachStepOnceWhenSeveralRunAtOnce();
    }

    @Test
    void doesEachStepOnceWhenSeveralRunAtOnce() throws Exception {
        // Given
        sandbox.create(Topic.DEAD_LETTERS, 2, Map.of());

        // When
        List<Plan> plans = atOnce(4, sandbox::provision);

        // Then
        List<Step> steps = plans.stream().flatMap(plan -> plan.steps().stream()).toList();
        assertThat(steps).filteredOn(step -> step.kind() == Kind.CREATE).hasSize(1);
        assertThat(steps).filteredOn(step -> step.kind() == Kind.EXTEND).hasSize(1);
        assertThat(steps)
                .filteredOn(step -> step.kind() == Kind.MIGRATE)
                .isNotEmpty()
                .doesNotHaveDuplicates();
        assertThat(sandbox.partitions(Topic.MESSAGES)).isEqualTo(6);
        assertThat(sandbox.partitions(Topic.DEAD_LETTERS)).isEqualTo(6);
        assertThat(sandbox.provision().changes()).isEmpty();
    }

    private static <T> List<T> atOnce(int times, Callable<T> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(Collections.nCopies(times, task))) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }

    private Step step(Kind kind, Topic topic, String detail) {
        return new Step(kind, "topic " + sandbox.name(topic), detail);
    }
}
