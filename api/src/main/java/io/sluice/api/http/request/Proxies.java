package io.sluice.api.http.request;

import io.sluice.settings.Network;
import io.sluice.settings.ProxySettings;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of this program as clients see it through trusted proxies, by their headers {@code X-Forwarded-…} or
 * {@code Forwarded}. A malformed value counts as none.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239">RFC 7239, Forwarded HTTP Extension</a>
 */
@Singleton
public class Proxies {

    private static final Pattern SCHEME = Pattern.compile("https?");
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
    private static final Pattern PREFIX = Pattern.compile("(?=.{1,200}$)(/[A-Za-z0-9._~-]+)+");
    private static final Pattern FORWARDED_SCHEME = parameter("proto");
    private static final Pattern FORWARDED_HOST = parameter("host");

    private final List<Network> trusted;

    Proxies(ProxySettings settings) {
        this.trusted = settings.trusted();
    }

    private static Pattern parameter(String name) {
        return Pattern.compile("(?i)(?:^|;)\\s*" + name + "=\"?([^\";]*)");
    }

    /** A path of this program as clients ask for it: with the prefix that the proxies take away from those of their requests. */
    public String path(String path, HttpServerRequest request) {
        String said = trusts(request) ? first(request.getHeader("X-Forwarded-Prefix")) : null;
        if (said == null) {
            return path;
        }
        String prefix = said.endsWith("/") ? said.substring(0, said.length() - 1) : said;
        return PREFIX.matcher(prefix).matches() ? prefix + path : path;
    }

    /** The origin of this program as browsers see it, in the form of the header {@code Origin}; {@code null} if no proxy says so. */
    public @Nullable String origin(HttpServerRequest request) {
        String scheme = scheme(request);
        String host = said("X-Forwarded-Host", FORWARDED_HOST, request);
        if (scheme == null || (host != null && !HOST.matcher(host).matches())) {
            return null;
        }
        HostAndPort authority = host == null ? request.authority() : HostAndPort.parseAuthority(host, -1);
        if (authority == null) {
            return null;
        }
        int port = authority.port() > 0 ? authority.port() : port(request);
        boolean usual = port <= 0 || port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + authority.host().toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port);
    }

    private int port(HttpServerRequest request) {
        String port = first(request.getHeader("X-Forwarded-Port"));
        return port != null && port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : -1;
    }

    private @Nullable String scheme(HttpServerRequest request) {
        if (!trusts(request)) {
            return null;
        }
        String scheme = said("X-Forwarded-Proto", FORWARDED_SCHEME, request);
        return scheme != null && SCHEME.matcher(scheme).matches() ? scheme : null;
    }

    /** The value of the first proxy of several in a row: it is the one that clients see. */
    private static @Nullable String said(String header, Pattern parameter, HttpServerRequest request) {
        String said = first(request.getHeader(header));
        String forwarded = said == null ? first(request.getHeader("Forwarded")) : null;
        if (forwarded == null) {
            return said;
        }
        Matcher matcher = parameter.matcher(forwarded);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static @Nullable String first(@Nullable String list) {
        return list == null ? null : list.split(",", 2)[0].strip();
    }

    private boolean trusts(HttpServerRequest request) {
        if (trusted.isEmpty()) {
            return false;
        }
        try {
            InetAddress sender = InetAddress.getByName(request.remoteAddress().hostAddress());
            return trusted.stream().anyMatch(network -> network.contains(sender));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
