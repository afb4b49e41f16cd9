package io.sluice.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;

/**
 * Address of Redis, in the form that hosting providers hand out: {@code rediss://user:password@host:6379/0}.
 *
 * @param uri with user and password, each character of which is percent-encoded that could be taken for something else; never shown
 * @param address {@code host:port}
 * @param isEncrypted true for TLS
 * @see <a href="https://www.iana.org/assignments/uri-schemes/prov/redis">IANA: the scheme redis</a>
 */
public record RedisUrl(String uri, String address, boolean isEncrypted) {

    private static final String PLAIN = "redis://";
    private static final String ENCRYPTED = "rediss://";
    private static final String DEFAULT_PORT = ":6379";

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException if it is not one; the message quotes nothing of it
     */
    public static RedisUrl parse(String url) {
        if (url.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
            throw new IllegalArgumentException("white space and control characters must be percent-encoded, as in %20");
        }
        String scheme = url.startsWith(ENCRYPTED) ? ENCRYPTED : PLAIN;
        if (!url.startsWith(scheme)) {
            throw new IllegalArgumentException("it must begin with redis:// or rediss://");
        }
        String rest = url.substring(scheme.length());
        if (rest.matches(".*[?#].*")) {
            throw new IllegalArgumentException(
                    "it has no parameters, and a '?' or '#' in user or password must be written as %3F or %23");
        }
        int at = rest.lastIndexOf('@');
        String[] place = rest.substring(at + 1).split("/", 2);
        String database = place.length < 2 ? "" : place[1];
        if (!database.matches("\\d{0,4}")) {
            throw new IllegalArgumentException(
                    "behind the host may be the number of a database alone, as in redis://host:6379/0");
        }
        String address = address(place[0]);
        String uri = scheme + credentials(rest.substring(0, Math.max(at, 0))) + address + "/" + database;
        return new RedisUrl(uri, address, scheme.equals(ENCRYPTED));
    }

    private static String address(String text) {
        // Clients take no host that is none in Java's URIs, as one with an underscore.
        if (!HostAndPort.isHost(text) || URI.create(PLAIN + text).getHost() == null) {
            throw new IllegalArgumentException("its host must be a name or an address, and its port a number");
        }
        return text.matches("(\\[.*]|[^:]*):\\d+") ? text : text + DEFAULT_PORT;
    }

    private static String credentials(String userInfo) {
        if (userInfo.isEmpty()) {
            return "";
        }
        // As everywhere in URIs, and unlike in forms, a plus is a plus.
        String[] parts = userInfo.replace("+", "%2B").split(":", 2);
        if (parts.length < 2 || parts[1].isEmpty()) {
            throw new IllegalArgumentException("a user needs a password, as in redis://user:password@host:6379");
        }
        return encoded(parts[0]) + ":" + encoded(parts[1]) + "@";
    }

    private static String encoded(String part) {
        return URLEncoder.encode(DatabaseUrl.decode(part), UTF_8);
    }

    /** Address, and nothing that is secret. */
    @Override
    public String toString() {
        return (isEncrypted ? ENCRYPTED : PLAIN) + address;
    }
}
