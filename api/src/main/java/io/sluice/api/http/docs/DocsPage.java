package io.sluice.api.http.docs;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Sends who asks for {@code /docs} to {@code /docs/}, by a relative reference: the framework's would leave out what a proxy takes away
 * from the path.
 */
@ApplicationScoped
class DocsPage {

    /** Behind what refuses requests, before the framework's. */
    private static final int ORDER = -40;

    void register(@Observes Router router) {
        router.route("/docs").order(ORDER).handler(context -> {
            if (context.normalizedPath().endsWith("/")) {
                context.next();
            } else {
                context.response()
                        .setStatusCode(302)
                        .putHeader(HttpHeaders.LOCATION, "docs/")
                        .end();
            }
        });
    }
}
