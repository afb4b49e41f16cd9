package io.sluice.provisioning;

import io.sluice.provisioning.ProvisioningException.Component;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retries while Kafka or PostgreSQL is not available, within a deadline that all attempts share. {@link
 * PermanentFailures}, such as a wrong password, are not retried.
 */
final class Retry {

    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    /** Waits shorter than this are not logged: a new topic, for example, takes a moment. */
    private static final Duration NOT_WORTH_MENTIONING = Duration.ofSeconds(1);

    private final Duration atMost;
    private final long start = System.nanoTime();

    Retry(Duration atMost) {
        this.atMost = atMost;
    }

    /** An attempt that may fail. */
    @FunctionalInterface
    interface Attempt<T> {
        T make() throws SQLException, ExecutionException, InterruptedException;
    }

    /**
     * Makes the attempt until it succeeds; at least once.
     *
     * @param component reported by the failure
     * @param goal what is waited for, as in {@code Kafka at localhost:9092}
     * @throws ProvisioningException after the deadline, with the reason of the last attempt; at once after a permanent
     *     failure, with its remedy; or if the thread is interrupted
     */
    <T> T await(Component component, String goal, Attempt<T> attempt) {
        Wait wait = new Wait(component, goal);
        while (true) {
            try {
                return attempt.make();
            } catch (SQLException | ExecutionException | KafkaException e) {
                wait.after(e);
            } catch (InterruptedException e) {
                throw wait.interrupted(e);
            }
        }
    }

    /** The time until the deadline; never negative. */
    Duration left() {
        Duration left = atMost.minusNanos(System.nanoTime() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private final class Wait {

        private final Component component;
        private final String goal;
        private final Duration leftAtFirst = left();
        private Duration pause = SHORTEST_PAUSE;
        private String reported = "";

        Wait(Component component, String goal) {
            this.component = component;
            this.goal = goal;
        }

        /** Waits longer than the last time, or gives up. */
        void after(Exception failure) {
            String reason = FailureSummary.of(failure);
            PermanentFailures.remedy(failure).ifPresent(remedy -> {
                throw new ProvisioningException(component, goal + ": " + reason + ". " + remedy, failure);
            });
            if (left().isZero()) {
                throw new ProvisioningException(
                        component, goal + ": gave up after " + text(atMost) + ": " + reason, failure);
            }
            report(reason);
            try {
                Thread.sleep(shorter(pause, left()).toMillis());
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        }

        private void report(String reason) {
            boolean worthMentioning = leftAtFirst.minus(left()).compareTo(NOT_WORTH_MENTIONING) > 0;
            if (worthMentioning && !reason.equals(reported)) {
                LOG.info("Waiting for {}: {}", goal, reason);
                reported = reason;
            }
        }

        ProvisioningException interrupted(InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ProvisioningException(component, goal + ": interrupted while waiting", e);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static String text(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
