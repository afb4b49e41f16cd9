package io.sluice.api.http.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EndpointsTest {

    private final Endpoints endpoints = new Endpoints(() -> Stream.of(DeadLetters.class, String.class));

    /** Abstract, so that it is no resource of the program. */
    @Path("letters")
    abstract static class DeadLetters {

        @GET
        public abstract String all();

        @DELETE
        @Path("{id}")
        public abstract String one();

        @POST
        @Path("{id}/redrive")
        public abstract String redriveOne();

        @POST
        @Path("redrive")
        public abstract String redriveAll();

        @GET
        @Path("new/body")
        public abstract String newBody();
    }

    private Set<String> methods(String path) {
        return endpoints.resource(path).map(Endpoint::methods).orElse(Set.of());
    }

    @Test
    void whatCanBeReadHasAHeadAndEverythingHasOptions() {
        assertThat(methods("/letters")).containsExactly("GET", "HEAD", "OPTIONS");
        assertThat(methods("/letters/42")).containsExactly("DELETE", "OPTIONS");
        assertThat(methods("/letters/42/redrive")).containsExactly("OPTIONS", "POST");
    }

    @Test
    void aPathThatIsNamedIsNotAParameter() {
        assertThat(methods("/letters/redrive")).containsExactly("OPTIONS", "POST");
        assertThat(methods("/letters/new/body")).containsExactly("GET", "HEAD", "OPTIONS");
        assertThat(methods("/letters/new/redrive")).containsExactly("OPTIONS", "POST");
    }

    @Test
    void aPathIsTheSameWithASlashAtItsEndAndNoSegmentIsEmpty() {
        assertThat(methods("/letters/42/")).containsExactly("DELETE", "OPTIONS");
        assertThat(methods("/letters//redrive")).isEmpty();
        assertThat(methods("xletters/42")).isEmpty();
    }

    @Test
    void whatIsBelowARouteIsTheRoutes() {
        Vertx vertx = Vertx.vertx();
        try {
            // Given
            Router router = Router.router(vertx);
            router.get("/docs/*").handler(context -> {});
            endpoints.use(router);

            // Then
            assertThat(endpoints.hasTemplate("/docs/**")).isTrue();
            assertThat(endpoints.hasTemplate("/letters/{id}/redrive")).isTrue();
            assertThat(endpoints.hasTemplate("/letters/{id}/{part}")).isFalse();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** Metrics of an earlier program in the same JVM are registered anew before the router is there. */
    @Test
    void whoAsksBeforeThereIsARouterDoesNotDecideWhatThereIs() {
        Vertx vertx = Vertx.vertx();
        try {
            // Given
            Router router = Router.router(vertx);
            boolean before = endpoints.hasTemplate("/health");

            // When
            endpoints.use(router);
            router.get("/health").handler(context -> {});

            // Then
            assertThat(before).isFalse();
            assertThat(endpoints.hasTemplate("/health")).isTrue();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void aPathThatNobodyHasHasNone() {
        assertThat(methods("/letters/42/resolve")).isEmpty();
        assertThat(methods("/")).isEmpty();
    }
}
