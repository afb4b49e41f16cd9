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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;

/** Runs the programs for some seconds, against a real Kafka and a real PostgreSQL, to record their AOT caches. */
final class AotTraining {
    /** Used here alone: the servers listen on 127.0.0.1, and are deleted after some seconds. */
    private static final String SECRET = "training-training-training-training";

    /** The program that the exercise calls, and the others through it. */
    private static final String CALLED = "api";

    private final BaseJvm jvm;
    private final List<Program> programs;
    private final Path root;
    private final Path folder;

    /**
     * @param programs all programs
     * @param root the folder of the modules with the packaged programs
     * @param folder working folder; earlier content is deleted
     */
    AotTraining(BaseJvm jvm, List<Program> programs, Path root, Path folder) {
        this.jvm = jvm;
        this.programs = programs;
        this.root = root;
        this.folder = folder;
    }

    /** Records a cache of each program. */
    Map<Program, Path> run() throws IOException, InterruptedException {
        FileUtils.deleteDirectory(folder.toFile());
        for (Program program : programs) {
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

    /** Records all at once, as a cluster starts them: those that listen until the exercise is done, the others to their end. */
    private Map<Program, Path> record(Map<String, String> settings) throws IOException, InterruptedException {
        int port = FreePort.find();
        int metricsPort = FreePort.find();
        Map<Program, AotRecording> recordings = new LinkedHashMap<>();
        try {
            for (Program program : programs) {
                Map<String, String> environment = environment(program, settings, port, metricsPort);
                recordings.put(program, AotRecording.start(program, jvm, folder, environment));
            }
            exercise(called(recordings), port, metricsPort, settings);
            Map<Program, Path> caches = new LinkedHashMap<>();
            recordings.forEach((program, recording) -> {
                if (!program.ports().isEmpty()) {
                    recording.stop();
                }
            });
            for (Map.Entry<Program, AotRecording> recording : recordings.entrySet()) {
                caches.put(recording.getKey(), recording.getValue().cache());
            }
            return caches;
        } finally {
            recordings.values().forEach(AotRecording::close);
        }
    }

    private static Map<String, String> environment(
            Program program, Map<String, String> settings, int port, int metricsPort) {
        if (program.ports().isEmpty()) {
            return settings;
        }
        return program.module().equals(CALLED)
                ? listening(settings, port, metricsPort)
                : listening(settings, FreePort.find(), FreePort.find());
    }

    private static AotRecording called(Map<Program, AotRecording> recordings) {
        return recordings.entrySet().stream()
                .filter(recording -> recording.getKey().module().equals(CALLED))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static void exercise(AotRecording called, int port, int metricsPort, Map<String, String> settings)
            throws IOException, InterruptedException {
        String token = Token.parse(List.of()).sign(settings, Clock.systemUTC());
        if (!new TrainingWorkload(port, metricsPort, token).succeeds(called::isAlive)) {
            throw called.failure();
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
                "STORAGE_URL",
                folder.resolve("storage").toUri().toString(),
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
