package io.sluice.consumer;

import io.sluice.contract.Topic;
import io.sluice.runtime.settings.SettingsConfigSource;
import io.sluice.settings.Settings;
import java.util.Map;

/** Settings of the consumer under the names that Quarkus reads. */
public final class ConsumerConfigSource extends SettingsConfigSource {

    @Override
    protected Map<String, String> ofProgram(Settings settings) {
        return Map.of(
                "mp.messaging.incoming.messages.topic", settings.topicName(Topic.MESSAGES),
                "mp.messaging.incoming.messages.group.id", settings.kafkaGroupId(),
                "mp.messaging.incoming.projection.topic", settings.topicName(Topic.DEAD_LETTERS),
                "mp.messaging.incoming.projection.group.id", settings.kafkaGroupId() + "-dead-letters");
    }
}
