package io.sluice.consumer.reading;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sluice.contract.Topic;
import io.sluice.testkit.Servers;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Servers whose topic has deleted two records that its group had not read before the program starts, and has one that is no event.
 * Whatever uses them may kill them, and leaves them running.
 */
public final class LostRecords implements QuarkusTestResourceLifecycleManager {

    private @Nullable Servers servers;

    @Override
    public Map<String, String> start() {
        servers = Servers.start();
        Servers.Addresses addresses = servers.addresses();
        Map<String, Object> kafka =
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, addresses.kafkaBootstrapServers());
        TopicPartition partition = new TopicPartition(Topic.MESSAGES.name(""), 0);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 5; i++) {
                producer.send(new ProducerRecord<>(partition.topic(), 0, null, new byte[1]))
                        .get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        try (Admin admin = Admin.create(kafka)) {
            admin.alterConsumerGroupOffsets("sluice", Map.of(partition, new OffsetAndMetadata(2)))
                    .all()
                    .get();
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(4)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return addresses.environment();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(servers, field -> field.getType().equals(Servers.class));
    }

    @Override
    public void stop() {
        if (servers != null) {
            servers.close();
        }
    }
}
