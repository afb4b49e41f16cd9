package io.sluice.api.http.features;

import io.sluice.api.http.pipeline.RequestHandler;
import io.sluice.api.http.pipeline.RequestStage;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.RequestPath;
import io.sluice.settings.Feature;
import io.sluice.settings.FeatureSettings;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Refuses requests for resources of features that are disabled, and says so: a path that is merely unknown has another reason. */
@ApplicationScoped
class FeatureGate implements RequestHandler {

    /** Features that are disabled, by the paths of their resources. */
    private final Map<String, Feature> disabled;

    FeatureGate(BeanManager beans, FeatureSettings features) {
        boolean all = Stream.of(Feature.values()).allMatch(features::isEnabled);
        disabled = all ? Map.of() : disabled(beans, features);
    }

    private static Map<String, Feature> disabled(BeanManager beans, FeatureSettings features) {
        return beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .<Class<?>>map(bean -> bean.getBeanClass())
                .distinct()
                .filter(type -> type.isAnnotationPresent(OfFeature.class) && type.isAnnotationPresent(Path.class))
                .filter(type -> !features.isEnabled(featureOf(type)))
                .collect(Collectors.toUnmodifiableMap(
                        type -> type.getAnnotation(Path.class).value(), FeatureGate::featureOf));
    }

    private static Feature featureOf(Class<?> type) {
        return type.getAnnotation(OfFeature.class).value();
    }

    @Override
    public RequestStage stage() {
        return RequestStage.FEATURE;
    }

    @Override
    public List<Route> routes(Router router) {
        return disabled.isEmpty() ? List.of() : List.of(router.route());
    }

    @Override
    public void handle(RoutingContext context) {
        String path = RequestPath.of(context);
        disabled.forEach((resource, feature) -> {
            if (path.equals(resource) || path.startsWith(resource + "/")) {
                throw ProblemException.of(
                        ProblemCode.FEATURE_DISABLED,
                        "The feature %s is disabled in this deployment; its operator can add it to FEATURES."
                                .formatted(feature));
            }
        });
        context.next();
    }
}
