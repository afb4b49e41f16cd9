package io.sluice.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Settings of a platform.
 *
 * @param project folder of the modules with the packaged programs
 * @param home folder of data, logs, lock and state; used by one platform at a time
 * @param mode of the run
 * @param ports of the processes
 * @param environment settings of the programs (as {@code TOPIC_PARTITIONS}), which take precedence over those of this
 *     process
 */
public record PlatformSettings(Path project, Path home, RunMode mode, Ports ports, Map<String, String> environment) {
    private static final Set<String> NAMED = Set.of("api", "consumer", "worker");

    private static final Pattern DEPLOYMENT = Pattern.compile("(?m)^kind: Deployment$");

    /** Makes the paths absolute. */
    public PlatformSettings {
        project = project.toAbsolutePath();
        home = home.toAbsolutePath();
        environment = Map.copyOf(environment);
    }

    /**
     * The complete platform, of the programs built beside this module.
     *
     * @param home folder of data, logs, lock and state
     * @param ports of the processes
     */
    public static PlatformSettings ofThisBuild(Path home, Ports ports) {
        return new PlatformSettings(Installation.ofThisBuild().project(), home, RunMode.PLATFORM, ports, Map.of());
    }

    /** Names of the programs besides api, consumer and worker that run until they are stopped: the other modules with a Deployment. */
    List<String> others() {
        List<String> others = new ArrayList<>();
        try (Stream<Path> modules = Files.list(project)) {
            for (Path module : modules.sorted().toList()) {
                Path manifest = module.resolve("src/main/kubernetes/kubernetes.yml");
                String name = module.getFileName().toString();
                if (!NAMED.contains(name)
                        && Files.exists(manifest)
                        && DEPLOYMENT.matcher(Files.readString(manifest)).find()) {
                    others.add(name);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return others;
    }

    Path data() {
        return home.resolve("data");
    }

    Path logs() {
        return home.resolve("logs");
    }

    /** The address of the platform, for people. */
    String address() {
        return switch (mode) {
            case PLATFORM, WITHOUT_MESSAGES -> "http://127.0.0.1:" + ports.api();
            case DEPENDENCIES ->
                "Kafka 127.0.0.1:%d, PostgreSQL 127.0.0.1:%d".formatted(ports.kafka(), ports.postgresql());
        };
    }
}
