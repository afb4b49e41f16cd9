package io.sluice.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.settings.Environment;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsumerConfigSourceTest {

    @Test
    void settingsBecomePropertiesOfTheConnector() {
        assertThat(properties(Map.of("KAFKA_GROUP_ID", "others", "TOPIC_PREFIX", "test.")))
                .containsEntry("mp.messaging.incoming.messages.group.id", "others")
                .containsEntry("mp.messaging.incoming.messages.topic", "test.messages");
    }

    private static Map<String, String> properties(Map<String, String> environment) {
        return Environment.read(environment::get, new ConsumerConfigSource()::ofProgram);
    }
}
