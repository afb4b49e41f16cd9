package io.sluice.api.http.docs;

import io.sluice.api.http.problems.ProblemMappers;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses paths that only begin as that of the pages, as {@code /docs;} does: the framework answers some of them with a page. */
@ApplicationScoped
class DocsNeighbours {

    /** Behind what refuses requests, before the framework's. */
    private static final int ORDER = -40;

    void register(@Observes Router router) {
        router.routeWithRegex("/docs[^/].*").order(ORDER).handler(context -> {
            throw ProblemMappers.notFound();
        });
    }
}
