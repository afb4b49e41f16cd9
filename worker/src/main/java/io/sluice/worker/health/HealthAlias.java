package io.sluice.worker.health;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Another path of the health document, for deployments that look for it there. */
@Singleton
class HealthAlias {

    void register(@Observes Router router) {
        router.route("/v1/health").handler(request -> request.reroute("/health"));
    }
}
