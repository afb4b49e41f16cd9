package io.sluice.api.http.filters;

import io.sluice.api.http.pipeline.RequestHandler;
import io.sluice.api.http.pipeline.RequestStage;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.Proxies;
import io.sluice.settings.CorsSettings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Refuses what pages of origins send that are not one of {@code CORS_ORIGINS}, nor that of this program itself. The framework does
 * so too, but without a problem document; the headers of CORS are its.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
 */
@ApplicationScoped
class OriginFilter implements RequestHandler {

    private final Set<String> allowed;
    private final Proxies proxies;

    OriginFilter(CorsSettings settings, Proxies proxies) {
        this.proxies = proxies;
        this.allowed = Pattern.compile(",")
                .splitAsStream(settings.origins())
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .collect(Collectors.toSet());
    }

    @Override
    public RequestStage stage() {
        return RequestStage.ORIGIN;
    }

    @Override
    public void handle(RoutingContext context) {
        check(context.request());
        context.next();
    }

    private void check(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null || allowed.contains("*") || allowed.contains(origin) || isSame(origin, request)) {
            return;
        }
        if (origin.equals(proxies.origin(request))) {
            // The framework's filter knows nothing of proxies, and a page of our own needs no headers of CORS.
            request.headers().remove(HttpHeaders.ORIGIN);
        } else {
            throw ProblemException.of(
                    ProblemCode.ORIGIN_REFUSED,
                    "Pages of this origin may not call; add it to CORS_ORIGINS if they shall. If they are the api's"
                            + " own, behind a proxy, add that to HTTP_TRUSTED_PROXIES.");
        }
    }

    /** RFC 6454, section 5. */
    private static boolean isSame(String text, HttpServerRequest request) {
        HostAndPort host = request.authority();
        if (host == null) {
            return false;
        }
        try {
            URI origin = URI.create(text);
            return request.scheme().equals(origin.getScheme())
                    && host.host().equals(origin.getHost())
                    && port(host.port(), request) == port(origin.getPort(), request);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int port(int port, HttpServerRequest request) {
        return port > 0 ? port : request.isSSL() ? 443 : 80;
    }
}
