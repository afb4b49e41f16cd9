package io.sluice.api.http.endpoints;

import io.quarkus.vertx.http.ManagementInterface;
import io.sluice.api.http.features.OfFeature;
import io.sluice.api.http.request.RequestPath;
import io.sluice.settings.FeatureSettings;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The paths that there are: those of the resources, by their annotations, and those of the router's routes. Nobody keeps a list of
 * them.
 */
@Singleton
public class Endpoints {

    private final Supplier<Stream<? extends Class<?>>> types;

    private volatile @Nullable Router router;
    private volatile @Nullable Router managementRouter;

    /** Table of all routes, made at the first request: extensions add routes until then. */
    private volatile @Nullable PathTable routes;

    /** Table of the resources, made when one is asked for: to read the annotations of all beans takes a share of a program's start. */
    private volatile @Nullable PathTable resources;

    @Inject
    Endpoints(BeanManager beans, FeatureSettings features) {
        this(() -> beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(Bean::getBeanClass)
                .filter(type -> isEnabled(type, features)));
    }

    private static boolean isEnabled(Class<?> type, FeatureSettings features) {
        OfFeature feature = type.getAnnotation(OfFeature.class);
        return feature == null || features.isEnabled(feature.value());
    }

    Endpoints(Supplier<Stream<? extends Class<?>>> types) {
        this.types = types;
    }

    void use(@Observes Router main) {
        router = main;
    }

    void use(@Observes ManagementInterface management) {
        managementRouter = management.router();
    }

    /** The endpoint that a request asks for, if anything is there. */
    public Optional<Endpoint> find(RoutingContext context) {
        // What is not a resource knows no parameters in a path.
        String path = RequestPath.normalized(context);
        return routes().literal(path)
                .or(() -> resources().find(RequestPath.of(context)))
                .or(() -> routes().find(path));
    }

    /** Paths of resources that can be read and have no parameters, in alphabetical order. */
    public List<String> readableResources() {
        return resources().readable();
    }

    /** The endpoint of a resource at a path without parameters. */
    Optional<Endpoint> resource(String path) {
        return resources().find(path);
    }

    /** True if an endpoint at either port has this template. Asked for each new meter, and before there is a router, too. */
    boolean hasTemplate(String template) {
        return table(router).has(template)
                || table(managementRouter).has(template)
                || resources().has(template);
    }

    /** Two who ask at once may both make it. */
    private PathTable routes() {
        PathTable made = routes;
        if (made == null) {
            made = table(router);
            routes = made;
        }
        return made;
    }

    private static PathTable table(@Nullable Router router) {
        return router == null
                ? new PathTable(Stream.empty())
                : new PathTable(router.getRoutes().stream().flatMap(route -> RouteEndpoints.of(route).stream()));
    }

    /** Two who ask at once may both make it. */
    private PathTable resources() {
        PathTable made = resources;
        if (made == null) {
            made = new PathTable(types.get().flatMap(ResourceEndpoints::of));
            resources = made;
        }
        return made;
    }
}
