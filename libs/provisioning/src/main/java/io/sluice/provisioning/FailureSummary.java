package io.sluice.provisioning;

import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.flywaydb.core.api.FlywayException;

/** Summarizes a failure in one line for people. */
final class FailureSummary {

    private FailureSummary() {}

    /**
     * The messages of all causes, the outermost first, because drivers and clients tend to put the reason into the
     * innermost.
     */
    static String of(Throwable failure) {
        Set<String> reasons = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (!(cause instanceof ExecutionException)) {
                reasons.add(line(cause));
            }
        }
        return String.join(": ", reasons);
    }

    private static String line(Throwable cause) {
        String message = cause.getMessage() == null
                ? ""
                : cause.getMessage().strip().lines().findFirst().orElse("");
        boolean speaksForItself = cause instanceof SQLException
                || cause instanceof FlywayException
                || (cause instanceof KafkaException && !message.isEmpty());
        String line = speaksForItself ? message : cause.getClass().getSimpleName() + " " + message;
        return line.strip().replaceFirst("\\.$", "");
    }
}
