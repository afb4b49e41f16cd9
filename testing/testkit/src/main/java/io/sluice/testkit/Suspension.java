package io.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Suspends a process and its descendants (SIGSTOP), and resumes them (SIGCONT).
 *
 * @param process may have ended, and is then left alone
 */
public record Suspension(ProcessHandle process) implements AutoCloseable {

    /** SIGSTOP. */
    public void begin() {
        // Itself first: then it starts no more.
        signal("STOP", List.of(process));
        signal("STOP", process.descendants().toList());
    }

    /** SIGCONT; does nothing to a process that is not stopped. */
    public void end() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process);
        signal("CONT", all);
    }

    /** Resumes them as {@link #end} does, so that a test that fails leaves nothing stopped to the next one. */
    @Override
    public void close() {
        end();
    }

    private static void signal(String name, List<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        String pids = processes.stream().map(it -> Long.toString(it.pid())).collect(Collectors.joining(" "));
        try {
            // A descendant may have ended meanwhile, so the exit code is ignored.
            new ProcessBuilder("sh", "-c", "kill -%s %s".formatted(name, pids))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
