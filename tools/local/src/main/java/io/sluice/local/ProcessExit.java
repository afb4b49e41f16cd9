package io.sluice.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The exit of a process. */
final class ProcessExit {
    private static final long POLL_MILLIS = 20;
    private static final int SIGNALLED = 128;

    /** Positions of fields in /proc/PID/stat, counted from behind the command. */
    private static final int STATE = 0;

    private static final int PARENT = 1;
    private static final int THREADS = 17;

    private ProcessExit() {}

    /**
     * Waits for the exit of a process, through interrupts, because stopping other processes must not be interrupted.
     */
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
     * True if a process has exited. A zombie of another parent counts as exited: after its parent was killed, the init
     * process of the machine or container has to collect it, and some of these take their time.
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

    /** Describes an exit code, as the end of a sentence. */
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
