package io.sluice.benchmarks;

import io.sluice.local.Program;
import io.sluice.settings.Setting;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * Packaged consumers that store what is on the topic.
 *
 * @param project the measured checkout, packaged
 */
record Drain(Path project, TestEnvironment environment, MessagesTable table) {

    /**
     * Starts consumers of a group at once, and stops them when the table has what the group has not read before.
     *
     * @param content of that
     * @return the times of so many parts of the rows
     */
    Timing run(Content content, String group, int consumers, int parts, Cores cores)
            throws SQLException, InterruptedException {
        Backlog backlog = new Backlog(table, content);
        Cores.Watch watch = cores.watch();
        List<Program> started = start(group, consumers);
        backlog.await();
        watch.end();
        started.forEach(environment::stop);
        backlog.requireStored();
        return table.timing(parts);
    }

    private List<Program> start(String group, int consumers) {
        Map<String, String> settings = Map.of(Setting.KAFKA_GROUP_ID.name(), group);
        List<CompletableFuture<Program>> starting = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> environment.start(project, "consumer", settings),
                        task -> new Thread(task, "start").start()))
                .limit(consumers)
                .toList();
        try {
            return starting.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw new Failure("A consumer did not start: " + e.getCause());
        }
    }
}
