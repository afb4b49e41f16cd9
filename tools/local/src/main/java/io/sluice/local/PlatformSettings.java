package io.sluice.local;

import java.nio.file.Path;
import java.util.Map;

/**
 * What is started, and where.
 *
 * @param project the folder that holds the modules with the packaged programs
 * @param home the folder for data, logs, lock and state; one platform at a time uses it
 * @param mode how much is started
 * @param ports where it listens
 * @param environment settings for the programs (as {@code TOPIC_PARTITIONS}) that win over those of this process
 */
public record PlatformSettings(Path project, Path home, RunMode mode, Ports ports, Map<String, String> environment) {
    /** Makes the paths absolute. */
    public PlatformSettings {
        project = project.toAbsolutePath();
        home = home.toAbsolutePath();
        environment = Map.copyOf(environment);
    }

    /**
     * The whole platform, of the programs that were built beside this module.
     *
     * @param home the folder for data, logs, lock and state
     * @param ports where it listens
     */
    public static PlatformSettings ofThisBuild(Path home, Ports ports) {
        return new PlatformSettings(Installation.ofThisBuild().project(), home, RunMode.PLATFORM, ports, Map.of());
    }

    Path data() {
        return home.resolve("data");
    }

    Path logs() {
        return home.resolve("logs");
    }

    /** Where others find the platform. */
    String address() {
        return switch (mode) {
            case PLATFORM -> "http://127.0.0.1:" + ports.api();
            case DEPENDENCIES ->
                "Kafka 127.0.0.1:%d, PostgreSQL 127.0.0.1:%d".formatted(ports.kafka(), ports.postgresql());
        };
    }
}
