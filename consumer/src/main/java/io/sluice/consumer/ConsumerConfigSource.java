package io.sluice.consumer;

import io.sluice.contract.Topic;
import io.sluice.runtime.settings.SettingsConfigSource;
import io.sluice.settings.Environment;
import io.sluice.settings.KafkaGroupSettings;
import io.sluice.settings.KafkaSettings;
import java.util.Map;

/** Settings of the consumer under the names that Quarkus reads. */
public final class ConsumerConfigSource extends SettingsConfigSource {

    @Override
    protected Map<String, String> ofProgram(Environment environment) {
        KafkaSettings kafka = new KafkaSettings(environment);
        KafkaGroupSettings groups = new KafkaGroupSettings(environment);
        return Map.of(
                "mp.messaging.incoming.messages.topic", kafka.topicName(Topic.MESSAGES),
                "mp.messaging.incoming.messages.group.id", groups.id(),
                "mp.messaging.incoming.projection.topic", kafka.topicName(Topic.DEAD_LETTERS),
                "mp.messaging.incoming.projection.group.id", groups.deadLettersId());
    }
}
