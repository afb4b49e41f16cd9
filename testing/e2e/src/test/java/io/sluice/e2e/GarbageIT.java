package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.DeadLetterHeader;
import io.sluice.contract.Topic;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Records on the topic that are no events cost nobody else anything, and are kept. */
class GarbageIT {

    private final Client client = Sluice.client();

    @Test
    void garbageOnTheTopicBecomesDeadLettersAndTheNextEventsStillCome() throws Exception {
        // Given
        String mark = UUID.randomUUID().toString();
        byte[] garbage = {0, (byte) 0xFF, '{', (byte) 0xC0};
        String before =
                client.post("{\"key\":\"garbage\",\"payload\":\"before\"}").id();

        // When
        sendRaw(mark, garbage);
        sendRaw(mark, null);
        String after =
                client.post("{\"key\":\"garbage\",\"payload\":\"after\"}").id();

        // Then
        assertThat(client.read(before).status()).isEqualTo(200);
        assertThat(client.read(after).status()).isEqualTo(200);
        assertThat(new DeadLetters().await(2, "mark", mark))
                .allMatch(record -> DeadLetters.header(record, DeadLetterHeader.REASON.key())
                        .equals("undecodable"))
                .allMatch(record -> new String(record.key(), UTF_8).equals("garbage"))
                .extracting(ConsumerRecord::value)
                .containsExactlyInAnyOrder(garbage, null);
    }

    /** With the key of the events around it, so that it lies between them. */
    private static void sendRaw(String mark, byte[] value) throws Exception {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Sluice.topicName(Topic.MESSAGES), "garbage".getBytes(UTF_8), value);
        record.headers().add("mark", mark.getBytes(UTF_8));
        Sluice.send(record);
    }
}
