package io.sluice.api.requests;

import static io.sluice.api.requests.Request.get;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.deadletters.StoredDeadLetters;
import io.sluice.api.http.problems.Problem;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.messages.Rows;
import io.sluice.api.openapi.Document;
import io.sluice.api.openapi.Exchange;
import io.sluice.api.publishing.Topics;
import io.sluice.testkit.Events;
import io.sluice.testkit.SluiceServers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The answers to requests, bad ones above all. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestTableTest {

    /** Names that only a program's author knows. */
    private static final Pattern INNARDS = Pattern.compile("Exception|\\n"
            + "\\s+at |\\b(java|jakarta|io|org|com)\\.[a-z]+\\.|(?i:netty|vert\\.?x|quarkus|resteasy|jackson)");

    private final Complaints complaints = new Complaints();
    private final Rows rows;
    private final StoredDeadLetters letters;
    private final Topics topics;

    @TestHTTPResource
    URI api;

    RequestTableTest(Rows rows, StoredDeadLetters letters, Topics topics) {
        this.rows = rows;
        this.letters = letters;
        this.topics = topics;
    }

    static Stream<Case> table() {
        return Stream.of(
                        AcceptCases.cases(),
                        BodyCases.cases(),
                        ChatCases.cases(),
                        CursorCases.cases(),
                        DeadLetterCases.cases(),
                        ErasureCases.cases(),
                        FramingCases.cases(),
                        HeaderCases.cases(),
                        IdCases.cases(),
                        ImageCases.cases(),
                        DocumentCases.cases(),
                        MediaTypeCases.cases(),
                        MemberCases.cases(),
                        MethodCases.cases(),
                        OpenAiCases.cases(),
                        PathCases.cases(),
                        PreferCases.cases(),
                        QueryCases.cases(),
                        ReplayCases.cases(),
                        SearchCases.cases(),
                        StreamCases.cases(),
                        SyntaxCases.cases(),
                        TaskCases.cases(),
                        TopicCases.cases())
                .flatMap(Function.identity());
    }

    @BeforeAll
    void prepare() {
        rows.store(Events.with().id(PreferCases.STORED).build());
        rows.store(Events.with().id(ErasureCases.ERASED).build());
        letters.execute("update messages set erased_at = now(), caller = 'erased' where id = ?", ErasureCases.ERASED);
        letters.with().id(DeadLetterCases.STORED).store();
        letters.with().id(DeadLetterCases.RESOLVED).store();
        await().until(topics::seen);
        complaints.listen();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void isAnsweredAsTheTableSays(Case line) {
        assertThatCode(() -> check(line)).as(line.toString()).doesNotThrowAnyException();
        assertThat(complaints.take()).as("what is logged for " + line).isEmpty();
    }

    private void check(Case line) throws IOException {
        try (Connection connection = new Connection(api)) {
            if (line.status() == Case.NO_ANSWER) {
                assertThatThrownBy(() -> connection.exchange(line.request()))
                        .isInstanceOfAny(EOFException.class, SocketException.class);
                return;
            }

            // When
            Answer answer = connection.exchange(line.request());

            // Then
            assertThat(answer.status()).as(answer.text()).isEqualTo(line.status());
            for (String header : line.headers()) {
                String name = header.substring(0, header.indexOf(':'));
                assertThat(name + ": " + answer.header(name)).isEqualTo(header);
            }
            if (line.problem() == null) {
                assertThat(answer.header("Content-Type")).isNotEqualTo(Problem.MEDIA_TYPE);
            } else {
                assertIsDocument(line, answer);
            }
            assertAfterwards(line, connection);
        }
    }

    private static void assertIsDocument(Case line, Answer answer) {
        assertThat(exchange(line.request(), answer).violations(Document.COMMITTED))
                .isEmpty();
        boolean ofOpenAi = Exchange.isOfOpenAi(path(line.request()));
        assertThat(answer.header("Content-Type")).startsWith(ofOpenAi ? "application/json" : Problem.MEDIA_TYPE);
        if (line.request().head().startsWith("HEAD ")) {
            assertThat(answer.body()).isEmpty();
            return;
        }
        assertThat(answer.text().replace("\\\"", "\""))
                .contains(line.remedies())
                .doesNotContainPattern(INNARDS);
        if (ofOpenAi) {
            assertIsError(line, new JsonObject(answer.text()).getJsonObject("error"));
            return;
        }
        JsonObject document = new JsonObject(answer.text());
        assertThat(document.getString("code")).isEqualTo(line.problem().code());
        assertThat(document.getString("type")).isEqualTo(line.problem().type());
        assertThat(document.getString("title")).isEqualTo(line.problem().title());
        assertThat(document.getInteger("status")).isEqualTo(line.status());
        List<String> places = document.getJsonArray("violations", new JsonArray()).stream()
                .map(violation -> place((JsonObject) violation))
                .toList();
        assertThat(places).isEqualTo(line.places());
    }

    /** OpenAI's clients are told the place of the first violation alone. */
    private static void assertIsError(Case line, JsonObject error) {
        assertThat(error.getString("param"))
                .isEqualTo(line.places().isEmpty() ? null : line.places().get(0));
        assertThat(error.getString("code")).endsWith(line.problem().code().replace('-', '_'));
    }

    private static String path(Request request) {
        return request.head().split(" ", 3)[1].replaceFirst("\\?.*", "");
    }

    private static Exchange exchange(Request request, Answer answer) {
        String method = request.head().split(" ", 2)[0];
        Map<String, String> headers = new HashMap<>();
        answer.headers().keySet().forEach(name -> headers.put(name, answer.header(name)));
        return new Exchange(method, path(request), Integer.toString(answer.status()), headers, answer.text());
    }

    private static String place(JsonObject violation) {
        assertThat(violation.getString("detail")).isNotBlank();
        assertThat(violation.size()).isEqualTo(2);
        if (violation.containsKey("pointer")) {
            String pointer = violation.getString("pointer");
            return pointer.isEmpty() ? "body" : pointer;
        }
        return violation.containsKey("parameter")
                ? "?" + violation.getString("parameter")
                : violation.getString("header") + ":";
    }

    private static void assertAfterwards(Case line, Connection connection) throws IOException {
        switch (line.afterwards()) {
            case USABLE -> assertServes(line.problem(), connection);
            case CLOSED -> assertThat(connection.isClosedByServer()).isTrue();
            case UNFINISHED -> {}
        }
    }

    /** The next request of the connection asks what the problem is about. */
    private static void assertServes(ProblemCode problem, Connection connection) throws IOException {
        String page = problem == null ? ProblemCode.NOT_FOUND.type() : problem.type();
        Answer answer = connection.exchange(get(page));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/markdown;charset=UTF-8");
        assertThat(Path.of("..", "docs", page)).hasBinaryContent(answer.body());
    }

    @Test
    void noRequestStandsTwiceInTheTable() {
        assertThat(table().map(line -> new String(line.request().bytes(), ISO_8859_1)))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyProblemStandsInTheTableButThoseThatTakeMoreThanABadRequest() {
        assertThat(table().map(Case::problem).filter(Objects::nonNull).distinct())
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(
                        ProblemCode.IDEMPOTENCY_CONFLICT,
                        ProblemCode.DUPLICATE_DOCUMENT,
                        ProblemCode.SOURCE_REMOVED,
                        ProblemCode.ANSWER_CANCELLED,
                        ProblemCode.CONTENT_LOST,
                        ProblemCode.PRECONDITION_FAILED,
                        ProblemCode.RANGE_NOT_SATISFIABLE,
                        ProblemCode.INTERNAL_ERROR,
                        ProblemCode.KEYS_UNAVAILABLE,
                        ProblemCode.OVERLOADED,
                        ProblemCode.REQUEST_TIMEOUT,
                        ProblemCode.TOO_MANY_REQUESTS,
                        ProblemCode.UNAUTHENTICATED,
                        ProblemCode.FORBIDDEN,
                        ProblemCode.FEATURE_DISABLED,
                        ProblemCode.NOT_ACCEPTED,
                        ProblemCode.OUTCOME_UNKNOWN,
                        ProblemCode.DATABASE_UNAVAILABLE,
                        ProblemCode.KAFKA_UNAVAILABLE,
                        ProblemCode.STORAGE_UNAVAILABLE,
                        ProblemCode.ANSWER_INTERRUPTED)));
    }

    @AfterAll
    void theApiIsHealthyAndTakesEvents() throws IOException {
        complaints.close();
        try (Connection connection = new Connection(api)) {
            assertThat(connection.exchange(get("/health")).status()).isEqualTo(200);
            assertThat(connection.exchange(Request.post(Request.GOOD_BODY)).status())
                    .isEqualTo(202);
        }
    }
}
