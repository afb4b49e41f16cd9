package io.sluice.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.local.KafkaServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.TopicPartitionReplica;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A broker with two disks, of which one can fail: partitions that lie on it have no leader then, and others go on. */
public final class TwoDiskBroker implements AutoCloseable {

    private static final int NODE = 1;

    private static final String LOG = "log";

    private static final String DISK = "disk";

    private static final String FORMATTED =
            """
            version=1
            cluster.id=c2x1aWNlLWxvY2FsLS0tLQ
            node.id=1
            directory.id=c2x1aWNlLWRpc2stLS0tLQ
            """;

    private final Path folder;
    private final Path disk;
    private final KafkaServer kafka;
    private final Admin admin;

    private TwoDiskBroker(Path folder, Path disk, KafkaServer kafka) {
        this.folder = folder;
        this.disk = disk;
        this.kafka = kafka;
        this.admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    /** Starts it. */
    public static TwoDiskBroker start() {
        try {
            Path folder = Files.createTempDirectory("sluice-disks");
            Path data = folder.resolve("kafka");
            Path disk = Files.createDirectories(data.resolve(DISK));
            Files.writeString(disk.resolve("meta.properties"), FORMATTED, UTF_8);
            KafkaServer kafka = KafkaServer.start(
                    data,
                    0,
                    folder.resolve("kafka.log"),
                    Map.of(
                            "log.dirs", LOG + "," + DISK,
                            // The broker notices that a disk has failed when it notes how far it is written.
                            "log.initial.task.delay.ms", "500",
                            "log.flush.offset.checkpoint.interval.ms", "500"));
            return new TwoDiskBroker(folder, disk, kafka);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return {@code 127.0.0.1:PORT}} */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** Makes a topic, the last of whose partitions alone lies on the disk that can fail. */
    public void create(String topic, int partitions) throws InterruptedException, ExecutionException {
        Map<TopicPartitionReplica, String> places = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            Path place = partition == partitions - 1 ? disk : disk.resolveSibling(LOG);
            places.put(new TopicPartitionReplica(topic, partition, NODE), place.toString());
        }
        place(places);
        TestTopics.create(admin, new NewTopic(topic, partitions, (short) 1));
        Await.await().until(() -> places(places.keySet()).equals(places));
    }

    /**
     * Says where replicas shall lie, before there is a topic: a replica that is moved later is for a moment assigned to where
     * it was, and keeps its leader if the disk fails then.
     */
    private void place(Map<TopicPartitionReplica, String> places) throws InterruptedException {
        for (KafkaFuture<Void> placed :
                admin.alterReplicaLogDirs(places).values().values()) {
            try {
                placed.get();
                throw new IllegalStateException("the topic was there already");
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw new IllegalStateException("a replica could not be placed", e);
                }
            }
        }
    }

    private Map<TopicPartitionReplica, String> places(Set<TopicPartitionReplica> replicas)
            throws InterruptedException, ExecutionException {
        Map<TopicPartitionReplica, String> places = new HashMap<>();
        admin.describeReplicaLogDirs(replicas)
                .all()
                .get()
                .forEach((replica, place) -> places.put(replica, place.getCurrentReplicaLogDir()));
        return places;
    }

    /** Has the disk fail; returns when the last partition of the topic has no leader. */
    public void failDisk(String topic) throws IOException {
        Files.move(disk, folder.resolve("failed"));
        Files.createFile(disk);
        Await.await().until(() -> {
            TopicDescription described = Objects.requireNonNull(
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
            List<TopicPartitionInfo> partitions = described.partitions();
            Node leader = partitions.get(partitions.size() - 1).leader();
            return leader == null || leader.isEmpty();
        });
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        kafka.kill();
        Folders.delete(folder);
    }
}
