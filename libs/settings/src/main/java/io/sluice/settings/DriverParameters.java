package io.sluice.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver's parameters: which may stand in {@code DATABASE_URL}, and why the others may not. The driver ignores what it does
 * not know, so a demand for security with a slip of the pen would be none; and what a program has decided for its promise or its
 * bounds would be undone by some without a word.
 *
 * @see <a href="https://jdbc.postgresql.org/documentation/use/#connection-parameters">the driver's documentation</a>
 */
final class DriverParameters {

    private static final String EACH_ITS_OWN = "each program has its own bound; leave it out";
    private static final String OTHER_PLACE = "host, port and database stand in front of the '?'";
    private static final String NO_SUCH_CLASS = "the programs have no such class; leave it out";
    private static final String ROWS = "all rows of an answer are read at once, and are few; leave it out";
    private static final String MEMORY = "as text, a batch would take several times its memory; leave it out";
    private static final String LOG = "payloads would get into the log; leave it out";

    /** Parameters that are refused. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("socketTimeout", EACH_ITS_OWN),
            Map.entry("queryTimeout", EACH_ITS_OWN),
            Map.entry("PGHOST", OTHER_PLACE),
            Map.entry("PGPORT", OTHER_PLACE),
            Map.entry("PGDBNAME", OTHER_PLACE),
            Map.entry("service", OTHER_PLACE),
            Map.entry("authenticationPluginClassName", NO_SUCH_CLASS),
            Map.entry("socketFactory", NO_SUCH_CLASS),
            Map.entry("socketFactoryArg", NO_SUCH_CLASS),
            Map.entry("sslhostnameverifier", NO_SUCH_CLASS),
            Map.entry("sslpasswordcallback", NO_SUCH_CLASS),
            Map.entry("xmlFactoryFactory", NO_SUCH_CLASS),
            Map.entry("defaultRowFetchSize", ROWS),
            Map.entry("adaptiveFetch", ROWS),
            Map.entry("adaptiveFetchMaximum", ROWS),
            Map.entry("adaptiveFetchMinimum", ROWS),
            Map.entry("binaryTransfer", MEMORY),
            Map.entry("binaryTransferEnable", MEMORY),
            Map.entry("binaryTransferDisable", MEMORY),
            Map.entry("logServerErrorDetail", LOG),
            Map.entry("loggerLevel", LOG),
            Map.entry("loggerFile", LOG),
            Map.entry("replication", "a connection for replication takes no statements; leave it out"),
            Map.entry("stringtype", "the statements are written for the default; leave it out"));

    /** Parameters that may have some values, in lower case, with the reason why no others. */
    private static final Map<String, Only> SOME_VALUES = Map.of(
            "autosave", new Only(List.of("never"), "a savepoint for each statement takes twice its time"),
            "preferQueryMode", new Only(List.of("extended"), "other modes send values as text"),
            "readOnly", new Only(List.of("false"), "the programs write"),
            "targetServerType",
                    new Only(List.of("any", "primary", "master"), "standbys take no events and answer with what was"),
            "sslfactory",
                    new Only(
                            List.of(
                                    "org.postgresql.ssl.libpqfactory",
                                    "org.postgresql.ssl.defaultjavasslfactory",
                                    "org.postgresql.ssl.singlecertvalidatingfactory"),
                            "others trust anybody, or are not there"));

    /** Parameters that do no harm, whatever their value. */
    private static final Set<String> FREE = Set.of(
            "ApplicationName",
            "allowEncodingChanges",
            "assumeMinServerVersion",
            "cancelSignalTimeout",
            "channelBinding",
            "cleanupSavepoints",
            "connectTimeout",
            "convertBooleanToNumeric",
            "currentSchema",
            "databaseMetadataCacheFields",
            "databaseMetadataCacheFieldsMiB",
            "disableColumnSanitiser",
            "escapeSyntaxCallMode",
            "groupStartupParameters",
            "gssEncMode",
            "gssResponseTimeout",
            "gssUseDefaultCreds",
            "gsslib",
            "hideUnprivilegedObjects",
            "hostRecheckSeconds",
            "jaasApplicationName",
            "jaasLogin",
            "kerberosServerName",
            "loadBalanceHosts",
            "localSocketAddress",
            "logUnclosedConnections",
            "loginTimeout",
            "maxResultBuffer",
            "maxSendBufferSize",
            "options",
            "pemKeyAlgorithm",
            "prepareThreshold",
            "preparedStatementCacheQueries",
            "preparedStatementCacheSizeMiB",
            "protocolVersion",
            "quoteReturningIdentifiers",
            "reWriteBatchedInserts",
            "readOnlyMode",
            "receiveBufferSize",
            "sendBufferSize",
            "ssl",
            "sslNegotiation",
            "sslResponseTimeout",
            "sslcert",
            "sslfactoryarg",
            "sslkey",
            "sslmode",
            "sslpassword",
            "sslrootcert",
            "sspiServiceClass",
            "tcpKeepAlive",
            "tcpNoDelay",
            "unknownLength",
            "useSpnego");

    /** Parameters that the programs set in each transaction, so that they would have no effect in {@code options}. */
    private static final List<String> SET_BY_THE_PROGRAMS = List.of(
            "synchronous_commit",
            "statement_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
            "transaction_timeout",
            "default_transaction_isolation",
            "default_transaction_read_only");

    /** Values that the driver would refuse only when it connects, again and again; and those that are no bound. */
    private static final Map<String, Check> CHECKS = Map.of(
            "sslmode", new Check.OneOf("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
            "channelBinding", new Check.OneOf("disable", "prefer", "require"),
            "connectTimeout", new Check.WholeNumber("a whole number of seconds", 1, 60),
            "loginTimeout", new Check.WholeNumber("a whole number of seconds", 1, 60));

    private DriverParameters() {}

    private record Only(List<String> values, String reason) {}

    /**
     * Checks a parameter.
     *
     * @param name the driver's
     * @param value decoded
     * @param asWritten the name that stands in the URL
     * @throws IllegalArgumentException if it must not be there, or not with this value; the message does not quote the value
     */
    static void require(String name, String value, String asWritten) {
        String fault = fault(name, value);
        if (fault != null) {
            throw new IllegalArgumentException("its parameter '" + asWritten + "' " + fault);
        }
    }

    private static @Nullable String fault(String name, String value) {
        if (REFUSED.containsKey(name)) {
            return "must not be there: " + REFUSED.get(name);
        }
        Only only = SOME_VALUES.get(name);
        if (only != null) {
            return only.values.contains(value.toLowerCase(Locale.ROOT))
                    ? null
                    : "must be left out: %s; its default is right".formatted(only.reason);
        }
        if (!FREE.contains(name)) {
            return "is unknown to the driver, which would ignore it" + remedyOfCase(name);
        }
        Check check = CHECKS.get(name);
        if (check != null && check.fault(value) != null) {
            return "must be " + check.expectation();
        }
        return name.equals("options") ? faultOfOptions(value) : null;
    }

    private static String remedyOfCase(String name) {
        return FREE.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .map(known -> "; write " + known)
                .orElse("; leave it out");
    }

    private static @Nullable String faultOfOptions(String options) {
        // PostgreSQL takes both for the same.
        String written = options.toLowerCase(Locale.ROOT).replace('-', '_');
        return SET_BY_THE_PROGRAMS.stream()
                .filter(written::contains)
                .findFirst()
                .map(parameter ->
                        "must not set %s: the programs set it in each transaction; leave that out".formatted(parameter))
                .orElse(null);
    }
}
