package io.sluice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Limits of processor and memory for processes, as a kubelet sets them for a container: a control group of Linux, of version 1 or 2
 * (cgroups(7)).
 *
 * @param folders of the group, one for each controller in version 1
 */
record ControlGroup(List<Path> folders) implements AutoCloseable {

    private static final int PERIOD_MICROS = 100_000;

    /**
     * Makes a group.
     *
     * @param root where the hierarchies are, usually {@code /sys/fs/cgroup}
     * @param cores that its processes use at most, together
     * @param bytes that they use at most
     * @return the group; empty where there are none on this machine, or this user may make none
     */
    static Optional<ControlGroup> make(Path root, double cores, long bytes) {
        String name = "sluice-benchmark-" + ProcessHandle.current().pid();
        long quota = Math.round(cores * PERIOD_MICROS);
        List<Path> made = new ArrayList<>();
        try {
            if (Files.exists(root.resolve("cgroup.controllers"))) {
                Path group = make(root.resolve(name), made);
                Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
                Files.writeString(group.resolve("memory.max"), Long.toString(bytes));
            } else {
                Path cpu = make(root.resolve("cpu").resolve(name), made);
                Files.writeString(cpu.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
                Files.writeString(cpu.resolve("cpu.cfs_quota_us"), Long.toString(quota));
                Path memory = make(root.resolve("memory").resolve(name), made);
                Files.writeString(memory.resolve("memory.limit_in_bytes"), Long.toString(bytes));
            }
            return Optional.of(new ControlGroup(List.copyOf(made)));
        } catch (IOException notAllowed) {
            new ControlGroup(made).close();
            return Optional.empty();
        }
    }

    private static Path make(Path folder, List<Path> made) throws IOException {
        Files.createDirectory(folder);
        made.add(folder);
        return folder;
    }

    /** The command that runs another one within the limits from its first instruction on. */
    List<String> around(List<String> command) {
        List<String> limited = new ArrayList<>(List.of("sh", "-c", joining() + "exec \"$@\"", "sh"));
        limited.addAll(command);
        return limited;
    }

    private String joining() {
        StringBuilder script = new StringBuilder();
        folders.forEach(folder -> script.append("echo $$ > '")
                .append(folder.resolve("cgroup.procs"))
                .append("' && "));
        return script.toString();
    }

    /** Removes the group, in which no process may be left. */
    @Override
    public void close() {
        try {
            for (Path folder : folders) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
