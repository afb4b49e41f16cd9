package io.sluice.e2e.cluster;

import io.sluice.e2e.cluster.Command.Ended;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cluster of kubectl's current context, through helm.
 *
 * @param namespace the one that all commands are about
 */
record Helm(String namespace) {

    static final String CHART = Path.of("../..", "target", "helm", "sluice").toString();

    static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "helm")));
    }

    /** Installs or upgrades a release, and does not wait for it. */
    void upgrade(String release, String... options) {
        Command.run(command(Stream.concat(Stream.of("upgrade", "--install", release, CHART), Stream.of(options))));
    }

    /** Installs or upgrades a release, and waits until all of it is in effect. */
    void upgradeAndWait(String release, String... options) {
        upgrade(
                release,
                Stream.concat(Stream.of("--wait", "--wait-for-jobs", "--timeout=5m"), Stream.of(options))
                        .toArray(String[]::new));
    }

    /** Runs it and gives what it prints; fails where it fails. */
    String run(String... arguments) {
        return Command.run(command(Stream.of(arguments)));
    }

    /** Runs it, whatever comes of it. */
    Ended attempt(String... arguments) {
        return Command.attempt(command(Stream.of(arguments)));
    }

    private List<String> command(Stream<String> arguments) {
        return Stream.concat(Stream.of("helm", "--namespace", namespace), arguments)
                .toList();
    }
}
