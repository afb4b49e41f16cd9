package io.sluice.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.chaos.RowVerifier.Sent;
import io.sluice.chaos.Violation.Rule;
import io.sluice.contract.DeadLetterHeader;
import io.sluice.contract.Topic;
import io.sluice.testkit.Records;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Verifies the results of a run.
 *
 * @param database of the consumers
 * @param bootstrapServers of Kafka
 */
record Verifier(Database database, String bootstrapServers) {

    /**
     * Verifies the tables against the clients' knowledge.
     *
     * @param tasks the last version of each task that was acknowledged
     * @param images those that were accepted
     */
    List<Violation> verifyRows(List<Sent> sent, Map<UUID, Integer> tasks, Map<UUID, RenderedImage> images)
            throws SQLException {
        List<Violation> violations = new ArrayList<>();
        RowVerifier rows = new RowVerifier(sent, violations::add);
        database.readInOrder(rows);
        TaskVerifier changes = new TaskVerifier(tasks, violations::add);
        database.readTasksInOrder(changes);
        Map<String, Integer> counts = database.counts();
        changes.end(database.activity(), counts);
        tasks.keySet().forEach(task -> counts.remove(task.toString()));
        verifyImages(images, counts, violations::add);
        images.keySet().forEach(image -> counts.remove(image.toString()));
        rows.end(counts);
        return violations;
    }

    private void verifyImages(
            Map<UUID, RenderedImage> images, Map<String, Integer> counts, Consumer<Violation> violations)
            throws SQLException {
        ImageVerifier verifier = new ImageVerifier(images, violations);
        verifier.verifyAnalyses(database.images());
        verifier.verifyEvents(database.imageEvents(), counts);
        verifier.verifyStatistics(database.imagesInStatistics(), database.objectsInStatistics());
    }

    /** All dead letters are violations, because every event that was sent can be stored. */
    List<Violation> verifyDeadLetters(Instant since) {
        return new Records(bootstrapServers, Topic.DEAD_LETTERS.name(""))
                .all().stream()
                        .filter(letter -> letter.timestamp() >= since.toEpochMilli())
                        .map(Verifier::violation)
                        .toList();
    }

    private static Violation violation(ConsumerRecord<byte[], byte[]> letter) {
        return new Violation(
                Rule.NOTHING_BECOMES_A_DEAD_LETTER,
                "%s: %s".formatted(header(letter, DeadLetterHeader.REASON), header(letter, DeadLetterHeader.DETAIL)));
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, DeadLetterHeader name) {
        Header header = letter.headers().lastHeader(name.key());
        return header == null ? "?" : new String(header.value(), UTF_8);
    }
}
