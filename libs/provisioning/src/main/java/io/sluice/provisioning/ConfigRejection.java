package io.sluice.provisioning;

import io.sluice.provisioning.ProvisioningException.Component;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.jspecify.annotations.Nullable;

/**
 * A setting of a topic that the broker, or a policy, rejects.
 *
 * @param change the setting
 * @param message the broker's message
 * @see <a href="https://cwiki.apache.org/confluence/display/KAFKA/KIP-108%3A+Create+Topic+Policy">KIP-108</a>
 * @see <a
 *     href="https://cwiki.apache.org/confluence/display/KAFKA/KIP-133%3A+Describe+and+Alter+Configs+Admin+APIs">KIP-133</a>
 */
record ConfigRejection(Change change, String message) {

    /**
     * A change of a topic's setting.
     *
     * @param name the broker's name of the setting
     * @param wanted the required value
     * @param effective the value in effect without the change; empty if the broker does not show it
     */
    record Change(String name, String wanted, String effective) {

        /** The change, for people. */
        String correction() {
            return effective.equals(wanted)
                    ? "%s, which is the broker's default, set to %s on the topic itself".formatted(name, wanted)
                    : "%s from %s to %s".formatted(name, effective, wanted);
        }
    }

    /**
     * True if a request failed because of such a rejection. Subclasses of the exception stand for other failures: a
     * replication factor, missing rights.
     */
    static boolean isCauseOf(@Nullable Throwable failure) {
        return failure instanceof PolicyViolationException
                || (failure != null && failure.getClass().equals(InvalidConfigurationException.class));
    }

    /**
     * A message that the rejection is harmless.
     *
     * @throws ProvisioningException if it is not
     */
    String tolerated(String topic) {
        if (!TopicSettings.isHarmless(change.name, change.wanted, change.effective)) {
            throw new ProvisioningException(Component.KAFKA, fault(topic), null);
        }
        return "%s is left at %s, since Kafka refuses %s; no record is lost or changed by that: %s"
                .formatted(change.name, effective(), change.wanted, message);
    }

    private String fault(String topic) {
        return ("Kafka refuses %s=%s for topic %s, and with %s acknowledged events could be lost: %s. Let the broker's policies "
                        + "(create.topic.policy.class.name, alter.config.policy.class.name) take it, or let whoever may do so set "
                        + "it on the topic, and run init-job again")
                .formatted(change.name, change.wanted, topic, effective(), message);
    }

    private String effective() {
        return change.effective.isEmpty() ? "the broker's own" : change.effective;
    }
}
