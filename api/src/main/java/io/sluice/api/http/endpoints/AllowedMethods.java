package io.sluice.api.http.endpoints;

import static java.util.stream.Collectors.joining;

import io.sluice.api.http.pipeline.RequestHandler;
import io.sluice.api.http.pipeline.RequestStage;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.ProblemMappers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code OPTIONS}, and refuses methods that a path does not have. The framework knows the methods of a resource's class,
 * not those of a path; and what is not a resource answers to any method as if it were {@code GET}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.1">RFC 9110, section 10.2.1</a>
 */
@ApplicationScoped
class AllowedMethods implements RequestHandler {

    /** Those of the framework; they are only read. */
    private static final List<String> BESIDE_RESOURCES =
            List.of("/health/**", "/api/health", "/v1/health", "/openapi", "/docs/**", "/problems/**");

    private final Map<String, Allowed> besideResources = byPath();
    private final Supplier<Stream<? extends Class<?>>> types;

    /** Not before a resource is asked for: to read the annotations of all beans takes a share of a program's start. */
    private volatile @Nullable Map<String, Allowed> resources;

    private record Allowed(Pattern path, Set<String> methods) {}

    @Inject
    AllowedMethods(BeanManager beans) {
        this(() -> beans.getBeans(Object.class, Any.Literal.INSTANCE).stream().map(Bean::getBeanClass));
    }

    AllowedMethods(Supplier<Stream<? extends Class<?>>> types) {
        this.types = types;
        BESIDE_RESOURCES.forEach(path -> allow(besideResources, path, HttpMethod.GET));
    }

    /** By the regular expression of a path. In this order a literal segment is before one that is a parameter. */
    private static Map<String, Allowed> byPath() {
        return new TreeMap<>(Comparator.reverseOrder());
    }

    /** Two who ask at once may both find them. */
    private Map<String, Allowed> resources() {
        Map<String, Allowed> found = resources;
        if (found == null) {
            found = byPath();
            for (Class<?> type : types.get().toList()) {
                Path path = type.getAnnotation(Path.class);
                if (path != null) {
                    allowResource(found, path.value(), type);
                }
            }
            resources = found;
        }
        return found;
    }

    private static void allowResource(Map<String, Allowed> allowed, String path, Class<?> resource) {
        for (Method method : resource.getMethods()) {
            for (Annotation annotation : method.getAnnotations()) {
                HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (http != null) {
                    Path below = method.getAnnotation(Path.class);
                    allow(allowed, below == null ? path : path + "/" + below.value(), http.value());
                }
            }
        }
    }

    private static void allow(Map<String, Allowed> allowed, String path, String method) {
        Set<String> methods = allowed.computeIfAbsent(
                        expression(path),
                        expression ->
                                new Allowed(Pattern.compile(expression), new TreeSet<>(Set.of(HttpMethod.OPTIONS))))
                .methods();
        methods.add(method);
        if (method.equals(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
    }

    /** Reads paths as the framework does: without their parameters, and with or without a slash at the end. */
    private static String expression(String path) {
        return Stream.of(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> switch (segment.charAt(0)) {
                    case '{' -> "/[^/;]+(;[^/]*)?";
                    case '*' -> "(/.*)?";
                    default -> "/" + Pattern.quote(segment) + "(;[^/]*)?";
                })
                .collect(joining("", "", "/?"));
    }

    @Override
    public RequestStage stage() {
        return RequestStage.METHOD;
    }

    @Override
    public void handle(RoutingContext context) {
        String method = context.request().method().name();
        Set<String> methods = of(context.normalizedPath());
        if (method.equals(HttpMethod.OPTIONS)) {
            answerOptions(methods, context);
        } else if (methods.isEmpty() || methods.contains(method)) {
            context.next();
        } else {
            String allow = String.join(", ", methods);
            throw ProblemException.of(ProblemCode.METHOD_NOT_ALLOWED, "Use a method of this path: " + allow + ".")
                    .with("Allow", allow);
        }
    }

    private static void answerOptions(Set<String> methods, RoutingContext context) {
        if (methods.isEmpty()) {
            throw ProblemMappers.notFound();
        }
        context.response()
                .setStatusCode(204)
                .putHeader(HttpHeaders.ALLOW, String.join(", ", methods))
                .end();
    }

    /** The methods of a path in their alphabetical order; none if nothing is known to be there. */
    Set<String> of(String path) {
        return of(path, besideResources)
                .or(() -> of(path, resources()))
                .map(Allowed::methods)
                .orElse(Set.of());
    }

    private static Optional<Allowed> of(String path, Map<String, Allowed> allowed) {
        return allowed.values().stream()
                .filter(known -> known.path().matcher(path).matches())
                .findFirst();
    }
}
