package io.sluice.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The end of a process. */
final class Exit {
    private static final long POLL_MILLIS = 20;
    private static final int SIGNALLED = 128;

    private Exit() {}

    /** Waits for a process to end, through interrupts: what stops others must not be stopped half-way. */
    static boolean await(ProcessHandle process, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        while (!isOver(process) && System.nanoTime() < deadline) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return isOver(process);
    }

    /**
     * Whether a process has ended. One that nobody has asked for its exit code yet counts as ended, too: the child of a
     * killed process is left to the first process of the machine or container, and some of these take their time.
     */
    static boolean isOver(ProcessHandle process) {
        return !process.isAlive() || isZombie(process.pid());
    }

    private static boolean isZombie(long pid) {
        Path stat = Path.of("/proc", String.valueOf(pid), "stat");
        try {
            String line = Files.exists(stat) ? Files.readString(stat) : "";
            return line.startsWith(" Z", line.lastIndexOf(')') + 1);
        } catch (IOException goneMeanwhile) {
            return false;
        }
    }

    /** What an exit code says, as the end of a sentence. */
    static String describe(int code) {
        return switch (code - SIGNALLED) {
            case 1 -> "was ended by SIGHUP";
            case 2 -> "was ended by SIGINT";
            case 6 -> "was ended by SIGABRT";
            case 9 -> "was ended by SIGKILL";
            case 11 -> "was ended by SIGSEGV";
            case 15 -> "was ended by SIGTERM";
            default -> "ended with exit code " + code;
        };
    }
}
