package io.sluice.api.connections;

import static io.sluice.api.connections.TestLimits.IMPATIENT;
import static io.sluice.api.connections.TestLimits.LIMITS;
import static io.sluice.api.connections.TestLimits.UNHURRIED;
import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that ask for much and take none of it, before a server of Vert.x, where Netty finds the handler of connections as it does in the program. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("ConnectionInitializer")
class UnreadResponsesTest {

    /** More than there is memory for, beside the 3 MiB or so that the kernel takes of each. */
    private static final int LARGE_BYTES = 8 << 20;

    private static final int ANSWERS = 3;

    /** Of 5 KB each, more than the network takes. */
    private static final int REQUESTS = 20_000;

    private final AtomicInteger heads = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();
    private final ConnectionLimiter connections = new ConnectionLimiter(LIMITS);
    private final ResponseMemory memory = new ResponseMemory(LIMITS);
    private final CompletableFuture<Void> brokenOff = new CompletableFuture<>();

    /** Of connections that are opened from now on. */
    private volatile ConnectionLimits limits = UNHURRIED;

    private int port;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[2 * LARGE_BYTES]);
        ConnectionInitializer.use(channel -> channel.pipeline()
                .addFirst(new ConnectionTimeoutHandler(limits, connections, memory, address -> null)));
        Router router = Router.router(vertx);
        router.route().handler(ConnectionRequests::begin);
        router.get("/large").handler(UnreadResponsesTest::answerLarge);
        router.get("/file").handler(context -> {
            Future<Void> unused = context.response().sendFile(file.toString());
        });
        router.get("/part").handler(UnreadResponsesTest::answerInParts);
        router.get("/head").handler(context -> {
            heads.incrementAndGet();
            // Larger than what HPACK remembers.
            Future<Void> unused =
                    context.response().putHeader("large", "x".repeat(5_000)).end();
        });
        router.get("/broken").handler(context -> {
            context.addEndHandler(ended -> brokenOff.complete(null));
            Future<Void> unused = context.response().setChunked(true).write(Buffer.buffer(new byte[LARGE_BYTES]));
            ConnectionRequests.closeConnection(context.request());
        });
        router.get("/lasting").handler(this::answerLasting);
        router.get("/").handler(context -> {
            Future<Void> unused = context.end("here");
        });
        port = done(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
                .actualPort();
    }

    /** Answers in two parts, the second one when an answer that is written as a whole would be given up. */
    private void answerLasting(RoutingContext context) {
        ConnectionRequests.beginParts(context, true);
        Future<Void> unusedBegin = context.response().setChunked(true).write("first\n");
        context.vertx().setTimer(2 * limits.quiet().toMillis(), late -> {
            Future<Void> unused = context.response().end("last\n");
        });
    }

    /** Writes the first part of an answer. */
    private static void answerInParts(RoutingContext context) {
        ConnectionRequests.beginParts(context, true);
        AtomicBoolean taken = new AtomicBoolean();
        ConnectionRequests.partWritten(context.request(), LARGE_BYTES, taken::get);
        Future<Void> unused = context.response()
                .setChunked(true)
                .write(Buffer.buffer(new byte[LARGE_BYTES]))
                .onComplete(done -> {
                    taken.set(true);
                    ConnectionRequests.partTaken(context.request());
                });
    }

    private static void answerLarge(RoutingContext context) {
        // As the framework does: a write that fails is told to nobody but the connection.
        context.response().end(Buffer.buffer(new byte[LARGE_BYTES]), null);
    }

    @AfterEach
    void stop() throws Exception {
        done(vertx.close());
        await().until(() -> connections.size() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/large", "/part"})
    void ofHttp2TheOldestStreamsEndAndNoOtherOfTheConnection(String path) throws Exception {
        // Given
        HttpClient client = http2();
        Queue<Integer> ended = new ConcurrentLinkedQueue<>();

        // When
        List<HttpClientResponse> answers = new ArrayList<>();
        for (int i = 0; i < ANSWERS; i++) {
            int number = i;
            answers.add(getUnread(path, client, e -> {
                if (e instanceof StreamResetException reset && reset.getCode() == Http2Error.ENHANCE_YOUR_CALM.code()) {
                    ended.add(number);
                }
            }));
        }

        // Then
        await().atMost(LIMITS.quiet().dividedBy(2)).until(() -> ended.contains(0));
        assertThat(ended).doesNotContain(ANSWERS - 1);
        HttpClientResponse next = get("/", client);
        assertThat(next.statusCode()).isEqualTo(200);
        assertThat(next.request().connection())
                .isSameAs(answers.get(0).request().connection());
    }

    @Test
    void ofHttp11TheOldestConnectionsAreClosed() throws Exception {
        List<Socket> clients = new ArrayList<>();
        try {
            // When
            for (int i = 0; i < ANSWERS; i++) {
                Socket connection = ask("/large");
                clients.add(connection);
                assertThat(connection.getInputStream().read()).isEqualTo('H');
            }

            // Then
            await().atMost(LIMITS.quiet().dividedBy(2)).until(() -> connections.size() < ANSWERS);
            assertThat(connections.size()).isPositive();
        } finally {
            for (Socket connection : clients) {
                connection.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/large", "/file"})
    void ofHttp11NoneIsOfferedForEver(String path) throws Exception {
        limits = IMPATIENT;
        try (Socket connection = ask(path)) {
            assertThat(connection.getInputStream().read()).isEqualTo('H');

            await().atMost(LIMITS.quiet().multipliedBy(4)).until(() -> connections.size() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/large", "/file"})
    void ofHttp2NoneIsOfferedForEver(String path) throws Exception {
        // Given
        Queue<Throwable> ends = new ConcurrentLinkedQueue<>();
        HttpClient client = http2();

        // When
        getUnread(path, client, ends::add);

        // Then
        await().atMost(LIMITS.quiet().multipliedBy(4)).until(() -> {
            // Another stream of the connection goes on.
            get("/", client);
            return !ends.isEmpty();
        });
        assertThat(ends.element()).isInstanceOf(StreamResetException.class);
    }

    @Test
    void ofHttp11AnAnswerThatIsBrokenOffIsOverAlthoughItsClientTakesNothing() throws Exception {
        // When
        try (Socket unread = ask("/broken")) {
            // Then
            brokenOff.get(30, TimeUnit.SECONDS);
            assertThat(unread.isClosed()).isFalse();
        }
    }

    @Test
    void whatLastsDoesSoForAsLongAsItIsTaken() throws Exception {
        // When
        Future<Buffer> ofHttp2 = http2().request(HttpMethod.GET, port, "127.0.0.1", "/lasting")
                .compose(request -> request.send().compose(HttpClientResponse::body));
        try (Socket ofHttp11 = ask("/lasting")) {
            // Then
            String line = "";
            BufferedReader lines = new BufferedReader(new InputStreamReader(ofHttp11.getInputStream(), ISO_8859_1));
            while (line != null && !line.equals("last")) {
                line = lines.readLine();
            }
            assertThat(line).isEqualTo("last");
        }
        assertThat(done(ofHttp2).toString()).isEqualTo("first\nlast\n");
    }

    @Test
    void ofHttp2NothingMoreIsAskedWhileTheNetworkTakesNothing() throws Exception {
        // Given
        limits = IMPATIENT;
        ByteArrayOutputStream requests = new ByteArrayOutputStream();
        // RFC 9113, section 3.4: the preface, and no settings.
        requests.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(ISO_8859_1));
        for (int i = 0; i < REQUESTS; i++) {
            // Section 6.2, and RFC 7541, appendix A: GET, http, authority "a", path "/head".
            requests.writeBytes(ByteBuffer.allocate(9 + 12)
                    .put(HexFormat.of().parseHex("00000c0105"))
                    .putInt(2 * i + 1)
                    .put(HexFormat.of().parseHex("8286010161" + "0405"))
                    .put("/head".getBytes(ISO_8859_1))
                    .array());
        }

        try (Socket connection = connect()) {
            // When
            connection.getOutputStream().write(requests.toByteArray());

            // Then
            await().until(() -> heads.get() > 0);
            await().until(() -> connections.size() == 0);
            assertThat(heads).hasValueLessThan(REQUESTS / 2);
        }
    }

    private HttpClient http2() {
        return vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2MaxPoolSize(1)
                .setInitialSettings(new Http2Settings().setInitialWindowSize(100)));
    }

    /** Pauses the answer before any of it is read, which only the client's own thread can. */
    private HttpClientResponse getUnread(String path, HttpClient client, Handler<Throwable> end) throws Exception {
        return done(client.request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(request -> request.send().map(answer -> answer.pause().exceptionHandler(end))));
    }

    private HttpClientResponse get(String path, HttpClient client) throws Exception {
        return done(client.request(HttpMethod.GET, port, "127.0.0.1", path).compose(HttpClientRequest::send));
    }

    private Socket ask(String path) throws IOException {
        Socket connection = connect();
        connection
                .getOutputStream()
                .write("GET %s HTTP/1.1\r\nHost: api\r\n\r\n".formatted(path).getBytes(ISO_8859_1));
        return connection;
    }

    private Socket connect() throws IOException {
        Socket connection = new Socket();
        connection.setReceiveBufferSize(4096);
        connection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return connection;
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
