package io.sluice.api.http.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sluice.api.http.pipeline.RequestHandler;
import io.sluice.api.http.pipeline.RequestStage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code openapi.yaml} as it is written, and as JSON to whoever wants that. The framework would parse it and write it anew at
 * each start, which at a fifth of a core takes more than a second.
 */
@ApplicationScoped
class OpenApiDocument implements RequestHandler {

    private static final String RESOURCE = "META-INF/openapi.yaml";

    /** Kept, so that those who ask for it at once share its bytes. */
    private volatile @Nullable Buffer yaml;

    private volatile @Nullable Buffer json;

    @Override
    public RequestStage stage() {
        return RequestStage.PAGES;
    }

    @Override
    public List<Route> routes(Router router) {
        return List.of(router.routeWithRegex("/openapi(\\.json|\\.ya?ml)?/?"));
    }

    @Override
    public void handle(RoutingContext context) {
        boolean asJson = wantsJson(context);
        context.vertx()
                .executeBlocking(() -> asJson ? json() : yaml(), false)
                .onSuccess(document -> context.response()
                        .putHeader(
                                HttpHeaders.CONTENT_TYPE,
                                asJson ? "application/json;charset=UTF-8" : "application/yaml;charset=UTF-8")
                        .end(document))
                .onFailure(context::fail);
    }

    private static boolean wantsJson(RoutingContext context) {
        HttpServerRequest request = context.request();
        String format = request.getParam("format", "").toLowerCase(Locale.ROOT);
        if (format.equals("json") || format.equals("yaml")) {
            return format.equals("json");
        }
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return context.normalizedPath().startsWith("/openapi.json")
                || (accept != null && accept.contains("application/json"));
    }

    /** Two who ask at once may both make it. */
    private Buffer json() {
        Buffer made = json;
        if (made == null) {
            try {
                made = Buffer.buffer(
                        new ObjectMapper().writeValueAsBytes(new YAMLMapper().readTree(yaml().getBytes())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            json = made;
        }
        return made;
    }

    private Buffer yaml() {
        Buffer read = yaml;
        if (read == null) {
            read = read();
            yaml = read;
        }
        return read;
    }

    private static Buffer read() {
        ClassLoader program = Thread.currentThread().getContextClassLoader();
        try (InputStream file = Objects.requireNonNull(program.getResourceAsStream(RESOURCE), RESOURCE)) {
            return Buffer.buffer(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
