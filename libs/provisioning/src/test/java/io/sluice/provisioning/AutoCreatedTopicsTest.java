package io.sluice.provisioning;

import io.sluice.local.KafkaServer;
import org.junit.jupiter.api.Tag;

/** The same where the broker may have made a topic by itself, with partitions of its own number. */
@Tag("matrix")
class AutoCreatedTopicsTest extends TopicsTest {

    @Override
    KafkaServer kafka() {
        return Servers.autoCreatingKafka();
    }
}
