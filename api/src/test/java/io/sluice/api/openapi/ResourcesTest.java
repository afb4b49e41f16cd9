package io.sluice.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.PermissionsAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ResourcesTest {

    /** True of paths of resources; what else there is belongs to the framework. */
    static boolean isResource(String path) {
        return path.startsWith("/api/v1/") || Exchange.isOfOpenAi(path);
    }

    private static final java.nio.file.Path CLASSES = java.nio.file.Path.of("target", "classes");

    /** A method of a path, as the code and the document both describe it. */
    private record Endpoint(
            String method,
            String path,
            Set<String> pathParameters,
            Set<String> consumes,
            Set<String> produces,
            Set<String> scopes) {}

    @Test
    void theDocumentHasTheEndpointsOfTheCodeAndNoOther() throws IOException {
        // When
        Set<Endpoint> documented = Document.COMMITTED.operations().stream()
                .filter(operation -> isResource(operation.path()))
                .map(ResourcesTest::documented)
                .collect(Collectors.toSet());

        // Then
        assertThat(documented).isEqualTo(implemented().collect(Collectors.toSet()));
    }

    private static Endpoint documented(Operation operation) {
        Place place = operation.place();
        Place success = place.to("responses").to(operation.success());
        return new Endpoint(
                operation.method(),
                operation.path(),
                operation.parameters("path").collect(Collectors.toSet()),
                Set.copyOf(place.to("requestBody").to("content").names()),
                Set.copyOf(success.to("content").names()),
                scopes(place));
    }

    private static Set<String> scopes(Place operation) {
        return StreamSupport.stream(
                        operation.to("security").node().path(0).path("bearer").spliterator(), false)
                .map(JsonNode::textValue)
                .collect(Collectors.toSet());
    }

    private static Stream<Endpoint> implemented() throws IOException {
        try (Stream<java.nio.file.Path> files = Files.walk(CLASSES)) {
            List<Class<?>> resources = files.map(
                            file -> CLASSES.relativize(file).toString())
                    .filter(file -> file.startsWith("io") && file.endsWith(".class"))
                    .<Class<?>>map(file -> load(file.replace(".class", "").replace('/', '.')))
                    .filter(type -> type.isAnnotationPresent(Path.class))
                    .toList();
            return resources.stream().flatMap(ResourcesTest::endpoints).filter(endpoint -> isResource(endpoint.path()));
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ResourcesTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Endpoint> endpoints(Class<?> resource) {
        return Arrays.stream(resource.getMethods())
                .flatMap(method -> httpMethod(method).map(http -> endpoint(resource, method, http)).stream());
    }

    private static Optional<String> httpMethod(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value().toLowerCase(Locale.ROOT))
                .findFirst();
    }

    private static Endpoint endpoint(Class<?> resource, Method method, String http) {
        Path below = method.getAnnotation(Path.class);
        return new Endpoint(
                http,
                resource.getAnnotation(Path.class).value() + (below == null ? "" : "/" + below.value()),
                Arrays.stream(method.getParameters())
                        .filter(parameter -> parameter.isAnnotationPresent(PathParam.class))
                        .map(ResourcesTest::name)
                        .collect(Collectors.toSet()),
                first(Consumes.class, method, resource).stream()
                        .flatMap(consumes -> Arrays.stream(consumes.value()))
                        // Where the code takes any, the document names those that make sense.
                        .filter(type -> !type.equals(MediaType.WILDCARD))
                        .collect(Collectors.toSet()),
                // What deletes answers without a body, whatever its class says, unless it says so itself.
                first(Produces.class, method, resource)
                        .filter(produces -> !http.equals("delete") || method.isAnnotationPresent(Produces.class))
                        .map(Produces::value)
                        .map(Set::of)
                        .orElse(Set.of()),
                first(PermissionsAllowed.class, method, resource)
                        .map(PermissionsAllowed::value)
                        .map(Set::of)
                        .orElse(Set.of()));
    }

    private static String name(Parameter parameter) {
        return parameter.getAnnotation(PathParam.class).value();
    }

    private static <A extends Annotation> Optional<A> first(Class<A> annotation, AnnotatedElement... elements) {
        return Arrays.stream(elements)
                .flatMap(element -> Optional.ofNullable(element.getAnnotation(annotation)).stream())
                .findFirst();
    }
}
