package io.sluice.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * Settings of a single node that is broker and controller, on a small machine.
 *
 * @param clientPort port for clients
 * @param controllerPort port of the controller
 * @param logs folder within the node's working folder. Kafka takes a list of paths, separated by commas that cannot be
 *     escaped; this relative name has none, whatever the working folder is called
 * @param overrides settings that take precedence
 */
record KafkaSettings(int clientPort, int controllerPort, String logs, Map<String, String> overrides) {
    private static final String LARGEST_MESSAGE = String.valueOf(2 * 1024 * 1024);

    void write(Path file) {
        Properties settings = new Properties();
        settings.putAll(role());
        settings.putAll(oneNode());
        settings.putAll(session());
        settings.putAll(sizes());
        settings.putAll(overrides);
        try (Writer writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> role() {
        String clients = "CLIENTS://127.0.0.1:" + clientPort;
        String controller = "127.0.0.1:" + controllerPort;
        return Map.of(
                "node.id", "1",
                "process.roles", "broker,controller",
                "listeners", clients + ",CONTROLLER://" + controller,
                "advertised.listeners", clients,
                "listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name", "CLIENTS",
                "controller.listener.names", "CONTROLLER",
                "controller.quorum.voters", "1@" + controller,
                "log.dirs", logs);
    }

    private static Map<String, String> oneNode() {
        return Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0",
                // By default it writes to its metadata twice a second, for followers that it does not have.
                "metadata.max.idle.interval.ms", "0",
                "auto.create.topics.enable", "false");
    }

    /** A killed broker can return only after its old session has expired, 9 s by default. */
    private static Map<String, String> session() {
        return Map.of("broker.session.timeout.ms", "3000", "broker.heartbeat.interval.ms", "500");
    }

    /** Topics set their own limits; these must not be below any of them. */
    private static Map<String, String> sizes() {
        return Map.of("message.max.bytes", LARGEST_MESSAGE, "replica.fetch.max.bytes", LARGEST_MESSAGE);
    }
}
