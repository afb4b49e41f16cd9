package io.sluice.api.http.docs;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Serves the pages that problem documents refer to as what they are; the framework does not know the type of {@code .md}. */
@ApplicationScoped
class ProblemPages {

    void register(@Observes Router router) {
        router.route("/problems/*").handler(context -> {
            context.addHeadersEndHandler(answering -> {
                if (!context.response().headers().contains(HttpHeaders.CONTENT_TYPE)) {
                    context.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/markdown;charset=UTF-8");
                }
            });
            context.next();
        });
    }
}
