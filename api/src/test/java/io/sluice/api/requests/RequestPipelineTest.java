package io.sluice.api.requests;

import static io.sluice.api.requests.Request.MESSAGES;
import static io.sluice.api.requests.Request.get;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.restassured.RestAssured;
import io.sluice.api.http.pipeline.RequestStage;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.security.OneRequestASecond;
import io.sluice.api.security.Tokens;
import io.sluice.testkit.SluiceServers;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The order of the stages, and what an answer has whichever of them gives it. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(OneRequestASecond.class)
class RequestPipelineTest {

    private static final Path GUIDE = Path.of("../docs/guides/security.md");

    private static final List<String> STAGES =
            Stream.of(RequestStage.values()).map(Enum::name).toList();

    private final Router router;
    private final MeterRegistry registry;

    @TestHTTPResource
    URI api;

    RequestPipelineTest(Router router, MeterRegistry registry) {
        this.router = router;
        this.registry = registry;
    }

    @Test
    void theRouterHasTheStagesInTheirOrder() {
        List<String> passed = router.getRoutes().stream()
                .map(Route::getName)
                .filter(STAGES::contains)
                .distinct()
                .toList();

        assertThat(passed).isEqualTo(STAGES);
    }

    /** Else it would index all paths anew in each request. */
    @Test
    void theFrameworkFindsItsHandlerOfFailedAuthenticationsReplaced() {
        AtomicReference<Object> found = new AtomicReference<>();
        Route behind = router.route().order(-198).handler(context -> {
            found.set(context.get(QuarkusHttpUser.AUTH_FAILURE_HANDLER));
            context.next();
        });
        try {
            RestAssured.get(api.resolve("/"));
        } finally {
            behind.remove();
        }

        assertThat(found.get().getClass().getName()).contains("AuthenticationFailureHandler$$Lambda");
    }

    @Test
    void theGuideHasTheStagesInTheirOrder() throws IOException {
        List<String> told = Pattern.compile("^\\| `([A-Z_]+)` \\|", Pattern.MULTILINE)
                .matcher(Files.readString(GUIDE))
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(told).isEqualTo(STAGES);
    }

    /**
     * A request that is refused.
     *
     * @param counted whether the caller is known, and told how much of its rate is left
     */
    private record Refused(String by, Request request, ProblemCode problem, boolean counted) {

        @Override
        public String toString() {
            return by;
        }
    }

    static Stream<Refused> refused() {
        return Stream.of(
                new Refused("the router", get("?limit=1"), ProblemCode.INVALID_REQUEST, false),
                new Refused("VALIDATION", get("/%zz"), ProblemCode.INVALID_REQUEST, false),
                new Refused(
                        "ORIGIN",
                        authorized(get(MESSAGES)).with("Origin: https://other.example"),
                        ProblemCode.ORIGIN_REFUSED,
                        false),
                new Refused(
                        "authentication",
                        get(MESSAGES).with("Authorization: Bearer garbage"),
                        ProblemCode.UNAUTHENTICATED,
                        false),
                new Refused("FEATURE", authorized(get("/api/v1/dead-letters")), ProblemCode.FEATURE_DISABLED, false),
                new Refused("METHOD", authorized(Request.of("PUT", MESSAGES)), ProblemCode.METHOD_NOT_ALLOWED, true),
                new Refused("PAGES", get("/docs;"), ProblemCode.NOT_FOUND, false),
                new Refused("the framework's routes", get("/nothing"), ProblemCode.NOT_FOUND, false),
                new Refused("a resource's annotation", get(MESSAGES), ProblemCode.UNAUTHENTICATED, false),
                new Refused("a resource", authorized(get(MESSAGES + "?limit=0")), ProblemCode.INVALID_REQUEST, true));
    }

    /** By a caller whose rate is not used up. */
    private static Request authorized(Request request) {
        String token =
                Tokens.signed(claims -> claims.setSubject(UUID.randomUUID().toString()));
        return request.with("Authorization: Bearer " + token);
    }

    @ParameterizedTest(name = "by {0}")
    @MethodSource("refused")
    void eachRefusalHasAllThatAnAnswerHas(Refused refused) throws IOException {
        assertHasAllThatAnAnswerHas(refused.request(), refused.problem(), refused.counted());
    }

    /** A machine that is busy may take longer than a second for two requests. */
    @Test
    void aRefusalForTheRateHasAllThatAnAnswerHas() throws IOException {
        Request request = authorized(get(MESSAGES));
        await().until(() -> exchange(request).status() == 429);

        assertHasAllThatAnAnswerHas(request, ProblemCode.TOO_MANY_REQUESTS, true);
    }

    private void assertHasAllThatAnAnswerHas(Request request, ProblemCode problem, boolean counted) throws IOException {
        // Given
        double problems = problems(problem);
        long requests = requests(problem.status());

        // When
        Answer answer = exchange(request);

        // Then
        assertThat(answer.status()).isEqualTo(problem.status());
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text()).contains("\"code\":\"" + problem.code() + "\"");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Content-Security-Policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
        assertThat(answer.headers().containsKey("ratelimit")).isEqualTo(counted);
        assertThat(answer.headers().containsKey("ratelimit-policy")).isEqualTo(counted);
        assertThat(problems(problem)).isEqualTo(problems + 1);
        await().until(() -> requests(problem.status()) == requests + 1);
    }

    private Answer exchange(Request request) throws IOException {
        try (Connection connection = new Connection(api)) {
            return connection.exchange(request);
        }
    }

    private double problems(ProblemCode problem) {
        return registry.get("sluice.api.problems")
                .tag("code", problem.code())
                .counter()
                .count();
    }

    /** Requests that the framework has counted as answered with this status. */
    private long requests(int status) {
        return registry.find("http.server.requests").tag("status", Integer.toString(status)).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @Test
    void theBodyOfARefusedRequestIsReadAndTheConnectionGoesOn() throws IOException {
        Request post = Request.post("{'payload':1}");

        try (Connection connection = new Connection(api)) {
            assertThat(connection
                            .exchange(post.with("Origin: https://other.example"))
                            .status())
                    .isEqualTo(403);
            assertThat(connection
                            .exchange(post.with("Authorization: Bearer garbage"))
                            .status())
                    .isEqualTo(401);
            assertThat(connection.exchange(get("/health/live")).status()).isEqualTo(200);
        }
    }
}
