package io.sluice.api.http.filters;

import static io.vertx.core.http.HttpHeaders.createOptimized;

import io.sluice.api.http.endpoints.Endpoint;
import io.sluice.api.http.endpoints.Endpoints;
import io.sluice.api.http.pipeline.RequestHandler;
import io.sluice.api.http.pipeline.RequestStage;
import io.sluice.api.http.request.RequestPath;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Puts headers into every answer that forbid browsers what they need not do with it. */
@ApplicationScoped
class SecurityHeaders implements RequestHandler {

    /** An answer is data: it loads nothing, and stands in no frame. */
    static final String POLICY = "default-src 'none'; frame-ancestors 'none'";

    /**
     * Policy for Swagger UI: its own files, icons that stand in its style sheet, and the two scripts that stand in its page, by
     * their hashes. A new version of the framework may change them; a test tells the new ones.
     */
    static final String POLICY_OF_DOCS =
            "default-src 'none'; connect-src 'self'; img-src 'self' data:; style-src 'self'; "
                    + "script-src 'self' 'sha256-A/9hdiLGoPBqnfH5HBHkqpqqh6f/cr+jN36BVJRQ8fQ=' "
                    + "'sha256-dHwE6komSdEdVEyOdjWBJodOml/OvfpFm+NAALDC1Gw='; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final CharSequence CONTENT_TYPE_OPTIONS = createOptimized("x-content-type-options");
    private static final CharSequence NOSNIFF = createOptimized("nosniff");
    private static final CharSequence REFERRER_POLICY = createOptimized("referrer-policy");
    private static final CharSequence NO_REFERRER = createOptimized("no-referrer");
    private static final CharSequence CONTENT_SECURITY_POLICY = createOptimized("content-security-policy");
    private static final CharSequence OF_ANSWERS = createOptimized(POLICY);
    private static final CharSequence OF_DOCS = createOptimized(POLICY_OF_DOCS);
    private static final CharSequence NO_STORE = createOptimized("no-store");
    private static final CharSequence TRANSPORT_SECURITY = createOptimized("strict-transport-security");

    /** RFC 6797. Not for subdomains, of which others may answer. */
    private static final CharSequence ONE_YEAR = createOptimized("max-age=31536000");

    private final Endpoints endpoints;

    SecurityHeaders(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public RequestStage stage() {
        return RequestStage.SECURITY_HEADERS;
    }

    @Override
    public void handle(RoutingContext context) {
        put(context);
        context.next();
    }

    private void put(RoutingContext context) {
        String path = RequestPath.normalized(context);
        MultiMap headers = context.response().headers();
        headers.set(CONTENT_TYPE_OPTIONS, NOSNIFF);
        headers.set(REFERRER_POLICY, NO_REFERRER);
        headers.set(CONTENT_SECURITY_POLICY, isOfDocs(path) ? OF_DOCS : OF_ANSWERS);
        if (isData(context)) {
            headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
        }
        if (context.request().isSSL()) {
            headers.set(TRANSPORT_SECURITY, ONE_YEAR);
        }
    }

    /** Answers about events and health hold for the moment, and are not to be kept. */
    private boolean isData(RoutingContext context) {
        return RequestPath.of(context).startsWith("/api/")
                || endpoints.find(context).map(Endpoint::takesToken).orElse(false);
    }

    /** Its files' names need no parameters and no escapes: whoever sends such is not answered with one. */
    private static boolean isOfDocs(String path) {
        return (path.equals("/docs") || path.startsWith("/docs/")) && path.indexOf(';') < 0 && path.indexOf('%') < 0;
    }
}
