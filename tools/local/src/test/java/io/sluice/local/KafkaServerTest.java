package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerTest {
    private static final int LARGEST_RECORD = 1024 * 1024 + 128 * 1024;

    /** A name that the broker would take for two in its settings, and with it what is special elsewhere. */
    private static final String DATA = "data, 'more' of [it]; 100% #1!";

    @TempDir
    private static Path folder;

    private static KafkaServer server;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(folder.resolve(DATA).resolve("log.draft-1"));
        server = KafkaServer.start(folder.resolve(DATA), 0, log(), Map.of("num.partitions", "3"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aRecordOfTheLargestSizeSurvivesAKill() throws ExecutionException, InterruptedException {
        // Given
        create(new NewTopic("kept", 1, (short) 1)
                .configs(Map.of("max.message.bytes", String.valueOf(LARGEST_RECORD + 1024))));
        byte[] value = new byte[LARGEST_RECORD];
        value[LARGEST_RECORD - 1] = 42;
        send("kept", value);
        String address = server.bootstrapServers();

        // When
        server.kill();
        server.start();

        // Then
        assertThat(server.bootstrapServers()).isEqualTo(address);
        assertThat(first("kept").value()).isEqualTo(value);
    }

    @Test
    void overridesWinAndTopicsAreNotMadeByUse() throws ExecutionException, InterruptedException {
        // When
        create(new NewTopic("overridden", Optional.empty(), Optional.empty()));

        // Then
        try (Admin admin = Admin.create(clientSettings())) {
            assertThat(admin.describeTopics(List.of("overridden"))
                            .allTopicNames()
                            .get())
                    .hasEntrySatisfying("overridden", topic -> assertThat(topic.partitions())
                            .hasSize(3));
        }
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            assertThat(consumer.partitionsFor("unknown")).isEmpty();
        }
    }

    @Test
    void aFolderWhoseFormattingWasKilledIsFormattedAnew() {
        assertThat(folder.resolve(DATA).resolve("log.draft-1")).doesNotExist();
    }

    @Test
    void nothingIsWrittenOutsideOfTheFolderWhateverItsName() {
        assertThat(folder.resolve(DATA)).isDirectoryContaining("glob:**/log");
        assertThat(folder).isDirectoryNotContaining("glob:**/data");
    }

    @Test
    void aFolderThatIsDamagedIsNamedWithTheRemedyAndLeftAlone() throws IOException {
        // Given
        Path damaged = Files.createDirectories(folder.resolve("damaged/log"));
        Path properties = Files.writeString(damaged.resolve("meta.properties"), "version=1\nnode.id=2\n");

        // When
        assertThatThrownBy(
                        () -> KafkaServer.start(folder.resolve("damaged"), 0, folder.resolve("damaged.log"), Map.of()))

                // Then
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("Kafka ended with exit code 1")
                .hasMessageContaining("Its data from before is in " + damaged)
                .hasMessageContaining("./run --fresh");
        assertThat(properties).hasContent("version=1\nnode.id=2\n");
    }

    @Test
    void aStartThatFailsSaysWhyAndLeavesNothing() {
        int taken = Integer.parseInt(server.bootstrapServers().split(":", -1)[1]);
        Path log = folder.resolve("second.log");

        assertThatThrownBy(() -> KafkaServer.start(folder.resolve("second"), taken, log, Map.of()))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("Kafka ended with exit code 1. Its log, " + log + ", ends:")
                .hasMessageContaining("Address already in use");
        assertThat(ChildProcesses.in(folder))
                .extracting(ProcessHandle::pid)
                .containsOnly(server.process().pid());
    }

    private static Path log() {
        return folder.resolve("kafka.log");
    }

    private static Map<String, Object> clientSettings() {
        return Map.of("bootstrap.servers", server.bootstrapServers(), "max.request.size", 2 * LARGEST_RECORD);
    }

    private static void create(NewTopic topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(clientSettings())) {
            admin.createTopics(Set.of(topic)).all().get();
        }
    }

    private static void send(String topic, byte[] value) throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(clientSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private static ConsumerRecord<byte[], byte[]> first(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Set<TopicPartition> partitions = Set.of(new TopicPartition(topic, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return consumer.poll(Duration.ofSeconds(20)).iterator().next();
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", server.bootstrapServers(), "allow.auto.create.topics", true, "client.id", "test");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
