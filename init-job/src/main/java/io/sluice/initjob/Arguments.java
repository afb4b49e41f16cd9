package io.sluice.initjob;

import io.sluice.provisioning.Provisioning;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;

/**
 * The command line.
 *
 * @param command to run
 * @param help print the usage and exit
 * @param dryRun change nothing, print what would be done
 * @param waitAtMost how long to wait for Kafka and PostgreSQL together; not negative
 */
record Arguments(Command command, boolean help, boolean dryRun, Duration waitAtMost) {

    /** The commands. */
    enum Command {
        /** Creates and corrects topics and schema; the default. */
        PROVISION,
        /** Deletes rows that are older than the retention time. */
        RETENTION
    }

    private static final String RETENTION = "retention";
    private static final String WAIT_AT_MOST = "--wait-at-most=";

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if any of it is unknown or malformed, with a message for people
     */
    static Arguments parse(List<String> args) {
        Command command = Command.PROVISION;
        boolean help = false;
        boolean dryRun = false;
        Duration waitAtMost = Provisioning.DEFAULT_WAIT;
        for (String arg : args) {
            if (arg.equals(RETENTION)) {
                command = Command.RETENTION;
            } else if (arg.equals("--help")) {
                help = true;
            } else if (arg.equals("--dry-run")) {
                dryRun = true;
            } else if (arg.startsWith(WAIT_AT_MOST)) {
                waitAtMost = duration(arg.substring(WAIT_AT_MOST.length()));
            } else {
                throw new IllegalArgumentException("'" + arg + "' is neither a command nor an option");
            }
        }
        return new Arguments(command, help, dryRun, waitAtMost);
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Duration.parse(text.startsWith("P") ? text : "PT" + text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException e) {
            // Falls through, because the remedy is the same for any malformed time.
        }
        throw new IllegalArgumentException(WAIT_AT_MOST + " must be a time, as in 30s or 2m, but is '" + text + "'");
    }

    static String usage() {
        StringBuilder usage = new StringBuilder(
                """
                Makes the topics and the database schema that Sluice needs, and corrects what differs.
                Can be run again at any time. Its settings are environment variables; docs/guides/configuration.md lists them.

                Usage: init-job [retention] [--dry-run] [--wait-at-most=<time>]

                  retention               instead, delete what the tables have kept for RETENTION_DAYS
                  --dry-run               change nothing, only tell what would be done
                  --wait-at-most=<time>   how long Kafka and PostgreSQL may be away, as in 30s or 2m; default %ds
                  --help                  this text

                Exit codes:
                """
                        .formatted(Provisioning.DEFAULT_WAIT.toSeconds()));
        for (ExitCode code : ExitCode.values()) {
            usage.append("  %d  %s%n".formatted(code.number(), code.meaning()));
        }
        return usage.toString();
    }
}
