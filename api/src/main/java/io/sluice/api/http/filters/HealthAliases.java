package io.sluice.api.http.filters;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Other paths of the health document, for deployments that look for it there. */
@ApplicationScoped
class HealthAliases {

    void register(@Observes Router router) {
        router.route("/api/health").handler(context -> context.reroute("/health"));
        router.route("/v1/health").handler(context -> context.reroute("/health"));
    }
}
