package io.sluice.provisioning;

import java.util.Map;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.server.policy.AlterConfigPolicy;
import org.apache.kafka.server.policy.CreateTopicPolicy;

/** Broker policies that reject settings that a topic's name mentions, and topics whose name mentions "nothing". */
final class SettingsPolicy {

    private SettingsPolicy() {}

    /** Create policy, instantiated by the broker. */
    public static final class OnCreation implements CreateTopicPolicy {

        @Override
        public void validate(CreateTopicPolicy.RequestMetadata request) {
            if (request.topic().contains("nothing")) {
                throw new PolicyViolationException("ask the platform team for topics");
            }
            check(request.topic(), request.configs());
        }

        @Override
        public void configure(Map<String, ?> settings) {}

        @Override
        public void close() {}
    }

    /** Alter policy, instantiated by the broker. */
    public static final class OnChange implements AlterConfigPolicy {

        @Override
        public void validate(AlterConfigPolicy.RequestMetadata request) {
            check(request.resource().name(), request.configs());
        }

        @Override
        public void configure(Map<String, ?> settings) {}

        @Override
        public void close() {}
    }

    private static void check(String topic, Map<String, String> settings) {
        for (String setting : settings.keySet()) {
            if (topic.contains(setting)) {
                throw new PolicyViolationException(setting + " is for the platform team to set");
            }
        }
    }
}
