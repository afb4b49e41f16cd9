package io.sluice.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The end of a process. */
final class ProcessExit {
    private static final long POLL_MILLIS = 20;
    private static final int SIGNALLED = 128;

    /** Where /proc/PID/stat has what, counted from behind the command. */
    private static final int STATE = 0;

    private static final int PARENT = 1;
    private static final int THREADS = 17;

    private ProcessExit() {}

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
     * Whether a process has ended. Another's child whose exit code nobody has asked for yet counts as ended, too: when
     * its parent was killed it is left to the first process of the machine or container, and some of these take their
     * time.
     */
    static boolean isOver(ProcessHandle process) {
        return !process.isAlive() || isOthersZombie(process.pid());
    }

    private static boolean isOthersZombie(long pid) {
        Path stat = Path.of("/proc", String.valueOf(pid), "stat");
        try {
            String line = Files.exists(stat) ? Files.readString(stat) : "";
            String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
            return fields.length > THREADS
                    && fields[STATE].equals("Z")
                    && fields[THREADS].equals("1")
                    && Long.parseLong(fields[PARENT]) != ProcessHandle.current().pid();
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
