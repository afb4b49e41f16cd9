package io.sluice.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.contract.Topic;
import io.sluice.provisioning.ProvisioningException.Component;
import io.sluice.provisioning.Step.Kind;
import io.sluice.settings.Setting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker's policy rejects settings that are part of a topic's name. */
@Timeout(30)
class PolicyTest {

    Sandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new Sandbox(Servers.kafkaWithPolicy());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aSettingThatIsRightWithoutItIsLeftOut() throws Exception {
        // Given
        refuse("unclean.leader.election.enable", "compression.type", "message.timestamp.before.max.ms");

        // When
        Plan announced = sandbox.dryRun();
        Plan plan = sandbox.provision();

        // Then
        assertThat(announced.steps()).isEqualTo(plan.steps());
        assertThat(details(plan, Kind.CREATE)).hasSize(2);
        assertThat(details(plan, Kind.WARNING))
                .contains(
                        "compression.type is left at producer, since Kafka refuses uncompressed; no record is lost or changed by "
                                + "that: compression.type is for the platform team to set",
                        "unclean.leader.election.enable is left at false, since Kafka refuses false; no record is lost or changed "
                                + "by that: unclean.leader.election.enable is for the platform team to set")
                .hasSize(6);
        assertThat(sandbox.setting(Topic.MESSAGES, "retention.bytes")).isEqualTo("-1");
        assertThat(sandbox.setting(Topic.MESSAGES, "compression.type")).isEqualTo("producer");
        assertThat(sandbox.tables()).contains("messages");
        Plan second = sandbox.provision();
        assertThat(second.changes()).isEmpty();
        assertThat(details(second, Kind.WARNING)).containsExactlyElementsOf(details(plan, Kind.WARNING));
    }

    @Test
    void aSettingThatIsWrongWithoutItIsAFailureBeforeTheTopicIsMade() throws Exception {
        // Given
        String prefix = refuse("retention.bytes");

        // When
        ProvisioningException failure = catchThrowableOfType(ProvisioningException.class, sandbox::provision);

        // Then
        assertThat(failure.component()).isEqualTo(Component.KAFKA);
        assertThat(failure)
                .hasMessage("Kafka refuses retention.bytes=-1 for topic " + prefix
                        + "messages, and with 1048576 acknowledged events could be lost: retention.bytes is for the platform team "
                        + "to set. Let the broker's policies (create.topic.policy.class.name, alter.config.policy.class.name) take "
                        + "it, or let whoever may do so set it on the topic, and run init-job again");
        assertThat(sandbox.topics()).isEmpty();
        assertThat(catchThrowableOfType(ProvisioningException.class, sandbox::dryRun))
                .hasMessage(failure.getMessage());
    }

    @Test
    void aSettingThatIsWrongOnATopicIsAFailure() throws Exception {
        // Given
        String prefix = refuse("retention.bytes");
        sandbox.create(Topic.MESSAGES, 12, Map.of());

        // When
        ProvisioningException failure = catchThrowableOfType(ProvisioningException.class, sandbox::provision);

        // Then
        assertThat(failure.component()).isEqualTo(Component.KAFKA);
        assertThat(failure).hasMessageStartingWith("Kafka refuses retention.bytes=-1 for topic " + prefix + "messages");
        assertThat(catchThrowableOfType(ProvisioningException.class, sandbox::dryRun))
                .hasMessage(failure.getMessage());
    }

    @Test
    void aTopicThatIsRefusedWhateverItsSettingsIsAFailureAtOnce() throws Exception {
        // Given
        String prefix = refuse("nothing");

        // When
        ProvisioningException failure = catchThrowableOfType(ProvisioningException.class, sandbox::provision);

        // Then
        assertThat(failure.component()).isEqualTo(Component.KAFKA);
        assertThat(failure)
                .hasMessageStartingWith(
                        "Kafka refuses topic " + prefix
                                + "messages with 12 partitions and replication factor 1: ask the platform team for topics. Change ");
        assertThat(sandbox.topics()).isEmpty();
    }

    /** Uses topic names for which the policy rejects these settings. */
    private String refuse(String... settings) {
        String prefix = sandbox.name(Topic.MESSAGES).replaceFirst("messages$", "") + String.join(".", settings) + ".";
        sandbox.with(Setting.TOPIC_PREFIX, prefix);
        return prefix;
    }

    private static List<String> details(Plan plan, Kind kind) {
        return plan.steps().stream()
                .filter(step -> step.kind() == kind)
                .map(Step::detail)
                .toList();
    }
}
