package io.sluice.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The file of the processes of a run; the first line is the run itself. */
final class RunState implements LaunchListener {
    private final Path file;
    private final RecordedProcess self;
    private final Map<String, RecordedProcess> children = new LinkedHashMap<>();

    private RunState(Path file, RecordedProcess self) {
        this.file = file;
        this.self = self;
    }

    /** Replaces the state of an earlier run. */
    static RunState begin(Path home, String address) {
        RunState state = new RunState(file(home), RecordedProcess.of(address, ProcessHandle.current()));
        state.write();
        return state;
    }

    /** The last run that wrote the file; its name is its address. */
    static Optional<RecordedProcess> lastRun(Path home) {
        return read(home).findFirst();
    }

    /** The processes of the last run that are still alive. */
    static List<RecordedProcess> stale(Path home) {
        return read(home).skip(1).filter(child -> child.living().isPresent()).toList();
    }

    @Override
    public synchronized void launched(String name, ProcessHandle process) {
        children.put(name, RecordedProcess.of(name, process));
        write();
    }

    void end() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write() {
        Path next = file.resolveSibling("state.next");
        try {
            List<String> lines = Stream.concat(Stream.of(self), children.values().stream())
                    .map(RecordedProcess::line)
                    .toList();
            Files.write(next, lines);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<RecordedProcess> read(Path home) {
        try {
            Path file = file(home);
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            return lines.stream().map(RecordedProcess::parse).flatMap(Optional::stream);
        } catch (IOException removedMeanwhile) {
            return Stream.empty();
        }
    }

    private static Path file(Path home) {
        return home.resolve("state");
    }
}
