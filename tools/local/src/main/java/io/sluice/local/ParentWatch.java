package io.sluice.local;

import java.util.Optional;

/** Detects the end of the parent process, so that closing a terminal by force leaves no processes. */
final class ParentWatch {
    private static final long POLL_MILLIS = 250;

    private ParentWatch() {}

    static void begin(Runnable orphaned) {
        Optional<Long> parent = parent();
        Thread thread = new Thread(() -> watch(parent, orphaned), "parent-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static void watch(Optional<Long> parent, Runnable orphaned) {
        try {
            while (parent().equals(parent)) {
                Thread.sleep(POLL_MILLIS);
            }
            orphaned.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<Long> parent() {
        return ProcessHandle.current().parent().map(ProcessHandle::pid);
    }
}
