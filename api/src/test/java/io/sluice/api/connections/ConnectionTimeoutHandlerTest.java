package io.sluice.api.connections;

import static io.sluice.api.connections.TestLimits.IMPATIENT;
import static io.sluice.api.connections.TestLimits.LIMITS;
import static io.sluice.api.connections.TestLimits.UNHURRIED;
import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The handler before a server of Vert.x, where Netty finds it as it does in the program. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("ConnectionInitializer")
class ConnectionTimeoutHandlerTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: api\r\n\r\n";
    private static final String GET_LATE = "GET /late HTTP/1.1\r\nHost: api\r\n\r\n";
    private static final String GET_LARGE = "GET /large HTTP/1.1\r\nHost: api\r\n\r\n";

    /** Longer than a client has for a head. */
    private static final long LATE_MILLIS = LIMITS.head().toMillis() * 3;

    private static final int LARGE_BYTES = 1 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final ConnectionLimiter connections = new ConnectionLimiter(LIMITS);
    private final List<RawConnection> clients = new ArrayList<>();
    private final AtomicInteger large = new AtomicInteger();
    private int port;

    /** Of connections that are opened from now on. */
    private volatile ConnectionLimits limits = LIMITS;

    /** The server's side of the connection that asked last for what takes its time. */
    private volatile @Nullable Channel late;

    @BeforeAll
    void start() throws Exception {
        ConnectionInitializer.use(channel -> channel.pipeline()
                .addFirst(new ConnectionTimeoutHandler(
                        limits, connections, new ResponseMemory(LIMITS), address -> null)));
        Router router = Router.router(vertx);
        router.route().handler(ConnectionRequests::begin);
        // Not at once, as the framework has it as well: Vert.x answers what is queued in one recursion.
        router.get("/").handler(context -> vertx.runOnContext(unused -> send("here", context)));
        router.get("/late").handler(context -> {
            late = VertxChannels.of(context.request());
            vertx.setTimer(LATE_MILLIS, unused -> send("late", context));
        });
        router.get("/large").handler(this::answerLarge);
        HttpServer server = vertx.createHttpServer().requestHandler(router);
        port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
    }

    private static void send(String answer, RoutingContext context) {
        Future<Void> unused = context.end(answer);
    }

    private void answerLarge(RoutingContext context) {
        large.incrementAndGet();
        Future<Void> unused = context.end(Buffer.buffer(new byte[LARGE_BYTES]));
    }

    @AfterEach
    void closeClients() throws IOException {
        for (RawConnection client : clients) {
            client.close();
        }
        clients.clear();
        limits = LIMITS;
        await().until(() -> connections.size() == 0);
    }

    @AfterAll
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private RawConnection connect() throws IOException {
        RawConnection client = new RawConnection(port);
        clients.add(client);
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: api\r\na: b\r\na: b\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"})
    void aClientThatBeginsSlowlyIsCutOff(String head) throws IOException {
        assertThat(connect().trickle(head))
                .isBetween(LIMITS.head().dividedBy(2), LIMITS.head().multipliedBy(4));
    }

    @Test
    void aConnectionThatIsOpenedInAdvanceIsKeptButNotForEver() throws IOException {
        limits = IMPATIENT;

        assertThat(connect().trickle(""))
                .isBetween(IMPATIENT.quiet().dividedBy(2), LIMITS.quiet().multipliedBy(2));
    }

    @Test
    void aClientThatGoesOnSlowlyIsCutOff() throws IOException {
        RawConnection client = connect();
        assertThat(client.send(GET).answer()).isEqualTo("here");

        assertThat(client.trickle("GET / HTTP/1.1\r\nHost: api\r\na: b\r\na: b\r\n"))
                .isBetween(LIMITS.head().dividedBy(2), LIMITS.head().multipliedBy(4));
    }

    @Test
    void aConnectionIsKeptForTheNextRequestButNotForEver() throws Exception {
        // Given
        RawConnection client = connect();
        client.send(GET).answer();

        // When
        Thread.sleep(LIMITS.head().multipliedBy(2).toMillis());

        // Then
        assertThat(client.send(GET).answer()).isEqualTo("here");
        assertThat(client.trickle(""))
                .isBetween(LIMITS.quiet().dividedBy(2), LIMITS.quiet().multipliedBy(2));
    }

    @Test
    void aRequestIsAnsweredHoweverLongThatTakes() throws IOException {
        // Given
        RawConnection client = connect().send(GET_LATE).send("GET / HT");

        // When
        String late = client.answer();

        // Then
        assertThat(late).isEqualTo("late");
        assertThat(client.send("TP/1.1\r\nHost: api\r\n\r\n").answer()).isEqualTo("here");
    }

    @Test
    void aClientThatDoesNotReadItsAnswersIsAnsweredNoMoreAndCutOff() throws IOException {
        // Given
        limits = IMPATIENT;
        large.set(0);
        RawConnection client = connect();
        client.send(GET).answer();

        // When
        client.send(GET_LARGE.repeat(500));

        // Then
        await().atMost(LIMITS.quiet().multipliedBy(3)).until(() -> connections.size() == 0);
        assertThat(large).hasValueLessThan(50);
    }

    @Test
    void requestsBehindOneThatTakesItsTimeStayInTheNetworkUntilItIsAnswered() throws IOException {
        // Given
        int behind = 2 * LIMITS.bytesAhead() / GET.length();

        // When
        RawConnection client = connect().send(GET_LATE).send(GET.repeat(behind)).send(GET.repeat(behind));

        // Then
        await().until(() -> late != null && !late.config().isAutoRead());
        assertThat(client.answer()).isEqualTo("late");
        for (int i = 0; i < 2 * behind; i++) {
            assertThat(client.answer()).isEqualTo("here");
        }
    }

    @Test
    void aNewConnectionTakesThePlaceOfTheOneThatHasBeenQuietForLongest() throws IOException {
        // Given
        for (int i = 0; i < LIMITS.connections(); i++) {
            assertThat(connect().send(GET).answer()).isEqualTo("here");
        }

        // When
        String answer = connect().send(GET).answer();

        // Then
        assertThat(answer).isEqualTo("here");
        assertThat(clients.get(0).send(GET).answer()).isEmpty();
        assertThat(clients.get(1).send(GET).answer()).isEqualTo("here");
    }

    @Test
    void aConnectionAtWorkIsNotClosedForANewOne() throws IOException {
        // Given
        for (int i = 0; i < LIMITS.connections(); i++) {
            connect().send(GET_LATE);
        }
        await().until(() -> connections.size() == LIMITS.connections());

        // When
        String refused = connect().send(GET).answer();

        // Then
        assertThat(refused).isEmpty();
        for (int i = 0; i < LIMITS.connections(); i++) {
            assertThat(clients.get(i).answer()).isEqualTo("late");
        }
        assertThat(connect().send(GET).answer()).isEqualTo("here");
    }

    @Test
    void anAnswerOnAnOldConnectionAsksToConnectAgain() throws IOException {
        // Given
        RawConnection client = connect();

        // When
        await().atMost(LIMITS.age().multipliedBy(3)).until(() -> {
            assertThat(client.send(GET).answer()).isEqualTo("here");
            return client.isAskedToConnectAgain();
        });

        // Then
        assertThat(client.age()).isGreaterThan(LIMITS.age().multipliedBy(8).dividedBy(10));
    }

    @Test
    void aConnectionOfHttp2IsGuardedAsWell() {
        // Given
        limits = UNHURRIED;
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2KeepAliveTimeout(0)
                .setHttp2MaxPoolSize(1));

        // When
        var late = get(client, "/late");
        var here = get(client, "/");

        // Then
        assertThat(here.join()).isEqualTo("here");
        assertThat(late.join()).isEqualTo("late");
        assertThat(connections.size()).isEqualTo(1);
        await().atMost(LIMITS.quiet().multipliedBy(2)).until(() -> connections.size() == 0);
    }

    private CompletableFuture<String> get(HttpClient client, String path) {
        return client.request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(request -> request.send().compose(HttpClientResponse::body))
                .map(Buffer::toString)
                .toCompletionStage()
                .toCompletableFuture();
    }
}
