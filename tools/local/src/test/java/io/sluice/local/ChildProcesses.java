package io.sluice.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Child processes of this one. */
final class ChildProcesses {

    private ChildProcesses() {}

    /** Those whose working folder is in this one; a command line would not do, of which the system shows the beginning alone. */
    static List<ProcessHandle> in(Path folder) {
        return ProcessHandle.current()
                .children()
                .filter(process -> isIn(folder, process))
                .toList();
    }

    private static boolean isIn(Path folder, ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", String.valueOf(process.pid()), "cwd"))
                    .startsWith(folder.toRealPath());
        } catch (IOException ended) {
            return false;
        }
    }
}
