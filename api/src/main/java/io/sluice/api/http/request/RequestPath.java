package io.sluice.api.http.request;

import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/**
 * The path of a request as the framework's resources read it, however the client has written it: normalized as in RFC 3986, section
 * 6.2.2, and without the parameters of its segments. What is decided by a path is decided by this one.
 */
public final class RequestPath {

    private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");

    private RequestPath() {}

    /** The path of a request; as it was sent where it is not percent-encoded as it should be, which {@code RequestValidator} refuses. */
    public static String of(RoutingContext context) {
        String path = normalized(context);
        return path.indexOf(';') < 0 ? path : PARAMETERS.matcher(path).replaceAll("");
    }

    /** The same with the parameters, which what is not a resource does not know. */
    public static String normalized(RoutingContext context) {
        try {
            return context.normalizedPath();
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            return context.request().path();
        }
    }
}
