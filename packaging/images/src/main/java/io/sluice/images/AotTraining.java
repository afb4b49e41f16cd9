package io.sluice.images;

import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import io.sluice.local.FreePort;
import io.sluice.local.KafkaServer;
import io.sluice.local.PostgresServer;
import io.sluice.local.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;

/** Runs the programs for some seconds, against a real Kafka and a real PostgreSQL, to record their AOT caches. */
final class AotTraining {
    /** Used here alone: the servers listen on 127.0.0.1, and are deleted after some seconds. */
    private static final String SECRET = "training-training-training-training";

    private final BaseJvm jvm;
    private final Path root;
    private final Path folder;

    /**
     * @param root the folder of the modules with the packaged programs
     * @param folder working folder; earlier content is deleted
     */
    AotTraining(BaseJvm jvm, Path root, Path folder) {
        this.jvm = jvm;
        this.root = root;
        this.folder = folder;
    }

    /** Records a cache of each program. */
    Map<Program, Path> run() throws IOException, InterruptedException {
        FileUtils.deleteDirectory(folder.toFile());
        for (Program program : Program.values()) {
            Folders.copy(
                    program.packaged(root),
                    folder.resolve(program.module()),
                    FileEntriesLayer.DEFAULT_MODIFICATION_TIME);
        }
        try (KafkaServer kafka = KafkaServer.start(folder.resolve("kafka"), 0, folder.resolve("kafka.log"), Map.of());
                PostgresServer postgresql = PostgresServer.start(
                        folder.resolve("postgresql"), 0, folder.resolve("postgresql.log"), Map.of())) {
            return record(settings(kafka, postgresql));
        }
    }

    /** Runs all three at once, as a cluster does. */
    private Map<Program, Path> record(Map<String, String> settings) throws IOException, InterruptedException {
        int port = FreePort.find();
        int metricsPort = FreePort.find();
        try (AotRecording initJob = AotRecording.start(Program.INIT_JOB, jvm, folder, settings);
                AotRecording api =
                        AotRecording.start(Program.API, jvm, folder, listening(settings, port, metricsPort));
                AotRecording consumer = AotRecording.start(
                        Program.CONSUMER, jvm, folder, listening(settings, FreePort.find(), FreePort.find()))) {
            String token = Token.parse(List.of()).sign(settings, Clock.systemUTC());
            if (!new TrainingWorkload(port, metricsPort, token).succeeds(api::isAlive)) {
                throw api.failure();
            }
            api.stop();
            consumer.stop();
            Map<Program, Path> caches = new EnumMap<>(Program.class);
            caches.put(Program.INIT_JOB, initJob.cache());
            caches.put(Program.API, api.cache());
            caches.put(Program.CONSUMER, consumer.cache());
            return caches;
        }
    }

    /**
     * The settings of a cluster, without those that only take time: the cache has to contain what a program does at its
     * start there.
     */
    private Map<String, String> settings(KafkaServer kafka, PostgresServer postgresql) throws IOException {
        Path url = Files.writeString(folder.resolve("DATABASE_URL"), postgresql.url());
        return Map.of(
                "LOG_FORMAT",
                "json",
                "HTTP_HOST",
                "127.0.0.1",
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "DATABASE_URL_FILE",
                url.toString(),
                "AUTH_SECRET",
                SECRET);
    }

    private static Map<String, String> listening(Map<String, String> settings, int port, int metricsPort) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("HTTP_PORT", String.valueOf(port));
        all.put("MANAGEMENT_PORT", String.valueOf(metricsPort));
        return all;
    }
}
