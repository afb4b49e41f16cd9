package io.sluice.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Address of the database, from the form that hosting providers hand out ({@code postgresql://user:password@host:5432/db?sslmode=require})
 * or from the JDBC driver's own.
 *
 * @param jdbcUrl for the driver, without user and password; other parameters may hold secrets
 * @param user the user's name, or {@code null} to leave it to the driver
 * @param password never shown, or {@code null} if there is none
 * @see <a href="https://www.postgresql.org/docs/18/libpq-connect.html#LIBPQ-CONNSTRING-URIS">libpq connection URIs</a>
 */
public record DatabaseUrl(String jdbcUrl, @Nullable String user, @Nullable String password) {

    private static final String JDBC_PREFIX = "jdbc:postgresql://";

    /** Character in place of bytes that the locale, or {@link URLDecoder}, cannot read. */
    private static final char REPLACEMENT = '\uFFFD';

    /** libpq's parameters under the driver's names: it ignores what it does not know, a demand for security included. */
    private static final Map<String, String> PARAMETERS = Map.of(
            "sslmode", "sslmode",
            "sslrootcert", "sslrootcert",
            "sslcert", "sslcert",
            "sslkey", "sslkey",
            "channel_binding", "channelBinding",
            "application_name", "ApplicationName",
            "connect_timeout", "connectTimeout");

    /**
     * Reads a connection URI.
     *
     * @throws IllegalArgumentException if it is not one; the message quotes nothing of it but parameters' names
     */
    public static DatabaseUrl parse(String url) {
        if (url.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
            throw new IllegalArgumentException("white space and control characters must be percent-encoded, as in %20");
        }
        if (url.indexOf(REPLACEMENT) >= 0) {
            throw new IllegalArgumentException("in this locale, what is not ASCII must be percent-encoded UTF-8");
        }
        return url.startsWith(JDBC_PREFIX)
                ? parse(url.substring(JDBC_PREFIX.length()), true)
                // The driver reads a plus as a space; in the URIs of libpq it is a plus.
                : parse(withoutScheme(url).replace("+", "%2B"), false);
    }

    private static DatabaseUrl parse(String rest, boolean jdbc) {
        int query = rest.indexOf('?');
        String location = query < 0 ? rest : rest.substring(0, query);
        List<String> given =
                query < 0 ? List.of() : List.of(rest.substring(query + 1).split("&", -1));
        requireNoPasswordIn(given);
        int at = location.lastIndexOf('@');
        String hostsAndDatabase = location.substring(at + 1);
        requireHostsAndDatabase(hostsAndDatabase);

        Credentials credentials = credentials(location.substring(0, Math.max(at, 0)));
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : given) {
            String[] pair = parameter.split("=", 2);
            if (pair.length < 2) {
                throw new IllegalArgumentException("each parameter behind the '?' must be name=value");
            }
            String value = decode(pair[1]);
            switch (pair[0]) {
                case "user" -> credentials = new Credentials(value, credentials.password);
                case "password" -> credentials = new Credentials(credentials.user, value);
                default -> {
                    String name = jdbc ? pair[0] : jdbcName(pair[0]);
                    DriverParameters.require(name, value, pair[0]);
                    parameters.put(name, pair[1]);
                }
            }
        }
        if (!jdbc) {
            LibpqTls.translate(parameters);
        }
        String suffix = parameters.entrySet().stream()
                .map(Object::toString)
                .collect(Collectors.joining("&", parameters.isEmpty() ? "" : "?", ""));
        return new DatabaseUrl(JDBC_PREFIX + hostsAndDatabase + suffix, credentials.user, credentials.password);
    }

    private record Credentials(@Nullable String user, @Nullable String password) {}

    private static String withoutScheme(String url) {
        for (String scheme : List.of("postgresql://", "postgres://")) {
            if (url.startsWith(scheme)) {
                return url.substring(scheme.length());
            }
        }
        throw new IllegalArgumentException("it must begin with postgresql:// or jdbc:postgresql://");
    }

    /** An '@' behind the first '?' means that this stood in the password: nothing behind it may be taken for a parameter. */
    private static void requireNoPasswordIn(List<String> parameters) {
        for (String parameter : parameters) {
            if (parameter.contains("@") && !parameter.startsWith("user=") && !parameter.startsWith("password=")) {
                throw new IllegalArgumentException(
                        "a '?' in user or password must be written as %3F, and an '@' behind the '?' as %40");
            }
        }
    }

    private static void requireHostsAndDatabase(String hostsAndDatabase) {
        String[] parts = hostsAndDatabase.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new IllegalArgumentException(
                    "it must name a host and a database, as in postgresql://host:5432/database");
        }
        if (!Arrays.stream(parts[0].split(",", -1)).allMatch(HostAndPort::isHost)) {
            throw new IllegalArgumentException("each host must be a name or an address, and its port a number");
        }
        decode(parts[1]);
    }

    private static Credentials credentials(String userInfo) {
        String[] parts = userInfo.replace("+", "%2B").split(":", 2);
        return new Credentials(decodeOrNull(parts[0]), parts.length < 2 ? null : decodeOrNull(parts[1]));
    }

    /** Decodes a part of the URL; as libpq has it, nothing between the separators is as good as no separator. */
    private static @Nullable String decodeOrNull(String text) {
        return text.isEmpty() ? null : decode(text);
    }

    static String decode(String text) {
        String decoded;
        try {
            decoded = URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a '%' must be written as %25");
        }
        if (decoded.chars().anyMatch(c -> c == REPLACEMENT || Character.isISOControl(c))) {
            throw new IllegalArgumentException("what is percent-encoded must be UTF-8 and no control character");
        }
        return decoded;
    }

    private static String jdbcName(String parameter) {
        String name = PARAMETERS.get(parameter);
        if (name == null) {
            throw new IllegalArgumentException("its parameter '" + parameter + "' is unknown; known are "
                    + String.join(", ", PARAMETERS.keySet().stream().sorted().toList()));
        }
        return name;
    }

    /** Hosts and database: the parameters are left out, because some of the driver's hold secrets. */
    @Override
    public String toString() {
        return jdbcUrl.split("\\?", 2)[0];
    }
}
