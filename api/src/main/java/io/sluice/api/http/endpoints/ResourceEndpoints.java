package io.sluice.api.http.endpoints;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads the annotations of resources. */
final class ResourceEndpoints {

    private ResourceEndpoints() {}

    /** The endpoints of a class; none if it is no resource. */
    static Stream<Endpoint> of(Class<?> type) {
        Path path = type.getAnnotation(Path.class);
        return path == null
                ? Stream.empty()
                : Stream.of(type.getMethods()).flatMap(method -> of(path.value(), method, type));
    }

    private static Stream<Endpoint> of(String path, Method method, Class<?> type) {
        boolean takesToken = !method.isAnnotationPresent(PermitAll.class) && !type.isAnnotationPresent(PermitAll.class);
        return Stream.of(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(http -> http != null)
                .map(http -> new Endpoint(
                        template(path, method), methods(http.value()), mediaTypes(method, type), takesToken));
    }

    private static Set<String> mediaTypes(Method method, Class<?> type) {
        Produces ofMethod = method.getAnnotation(Produces.class);
        Produces produces = ofMethod == null ? type.getAnnotation(Produces.class) : ofMethod;
        return produces == null ? Set.of() : new LinkedHashSet<>(List.of(produces.value()));
    }

    private static String template(String path, Method method) {
        Path below = method.getAnnotation(Path.class);
        String whole = below == null ? path : path + "/" + below.value();
        String template = ("/" + whole).replaceAll("/{2,}", "/");
        return template.endsWith("/") ? template.substring(0, template.length() - 1) : template;
    }

    /** All methods of a path that has this one: GET brings HEAD, and every path has OPTIONS. */
    static Set<String> methods(String method) {
        Set<String> methods = new TreeSet<>(Set.of(HttpMethod.OPTIONS, method));
        if (method.equals(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        return methods;
    }
}
