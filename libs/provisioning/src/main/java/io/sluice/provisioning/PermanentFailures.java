package io.sluice.provisioning;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Remedies for failures that do not pass by themselves. All others may come from a server that is unreachable, starting
 * or overloaded, and are retried.
 */
final class PermanentFailures {

    private static final String ENCRYPTION =
            "Correct the settings of TLS; docs/guides/connections.md has this reason and its remedy";

    private PermanentFailures() {}

    /**
     * The remedy for a failure, or empty if a retry may succeed.
     *
     * @param failure of Kafka's client, or of an attempt to connect to PostgreSQL
     */
    static Optional<String> remedy(Throwable failure) {
        return causes(failure)
                .flatMap(cause -> (cause instanceof SQLException sql ? ofConnecting(sql) : ofKafka(cause)).stream())
                .findFirst();
    }

    private static Optional<String> ofKafka(Throwable failure) {
        if (failure instanceof UnsupportedSaslMechanismException) {
            return Optional.of("Set KAFKA_SASL_MECHANISM to one that the brokers have switched on");
        }
        if (failure instanceof IllegalSaslStateException) {
            return Optional.of("Set KAFKA_SECURITY_PROTOCOL to what the brokers speak at this port");
        }
        if (failure instanceof SaslAuthenticationException) {
            return Optional.of(
                    "Correct KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD, or make this user on the brokers, by "
                            + "KAFKA_SASL_MECHANISM");
        }
        if (failure instanceof SslAuthenticationException) {
            return Optional.of(ENCRYPTION);
        }
        if (failure instanceof AuthorizationException) {
            return Optional.of("Give this user of Kafka the rights that docs/guides/connections.md has for init-job");
        }
        if (failure instanceof InvalidTopicException) {
            return Optional.of("Correct TOPIC_PREFIX");
        }
        if (ConfigRejection.isCauseOf(failure)) {
            return Optional.of("Change the broker's policy, or the setting that it is about");
        }
        if (failure instanceof UnsupportedVersionException) {
            return Optional.of("Upgrade the brokers");
        }
        return Optional.empty();
    }

    /**
     * The remedy by SQLSTATE. A missing role or database is not waited for, although an operator may be about to create
     * it: in Kubernetes the Job is retried, and elsewhere a mistyped password is far more frequent.
     *
     * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL's error codes</a>
     */
    private static Optional<String> ofConnecting(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return switch (state) {
            // invalid_password
            case "28P01" ->
                Optional.of("Correct user or password in DATABASE_URL, or let an administrator make the role");
            // invalid_authorization_specification: no such role, one that may not log in, or none that pg_hba.conf lets
            // in
            case "28000" ->
                Optional.of(
                        "Correct user and sslmode in DATABASE_URL, or let an administrator let this role in (pg_hba.conf)");
            // invalid_catalog_name
            case "3D000" -> Optional.of("Make the database (create database), or correct its name in DATABASE_URL");
            // insufficient_privilege
            case "42501" -> Optional.of("Let an administrator grant this role the right to connect to the database");
            // feature_not_supported: an old server's protocol
            case "0A000" -> Optional.of("Upgrade PostgreSQL");
            // sqlserver_rejected_establishment: by the driver, where it cannot do what the server, or the URL, asks for
            case "08004" ->
                Optional.of("Correct DATABASE_URL; docs/guides/connections.md has this reason and its remedy");
            // connection_failure: of the driver's own where nothing has happened to the network
            case "08006" -> isOfNetwork(failure) ? Optional.empty() : Optional.of(ENCRYPTION);
            // 22: a value, 42: a name that the server does not know
            default ->
                state.startsWith("22") || state.startsWith("42")
                        ? Optional.of("Correct the parameters in DATABASE_URL")
                        : Optional.empty();
        };
    }

    /** Certificate errors and missing files are I/O exceptions of the JVM, too. */
    private static boolean isOfNetwork(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof EOFException
                        || (cause instanceof IOException
                                && !(cause instanceof SSLException)
                                && !(cause instanceof FileNotFoundException)));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
