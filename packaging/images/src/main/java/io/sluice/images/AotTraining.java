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

/** The programs at work for some seconds, against a real Kafka and a real PostgreSQL, to record their AOT caches. */
final class AotTraining {
    /** Of nobody else: the servers listen on 127.0.0.1, and are gone with their data in some seconds. */
    private static final String SECRET = "training-training-training-training";

    private final BaseJvm jvm;
    private final Path root;
    private final Path folder;

    /**
     * @param root the folder that holds the modules with the packaged programs
     * @param folder where to work; what an earlier one has left is deleted
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

    /** All three at once, as a cluster starts them. */
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

    /** As in a cluster, but for what would only take time: what a program there does at its start has to be in its cache. */
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
