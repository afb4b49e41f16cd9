package io.sluice.llm.client;

import io.sluice.llm.AnswerListener;
import io.sluice.llm.Completion;
import io.sluice.llm.ModelFailure;
import io.sluice.llm.ModelFailure.Kind;
import io.sluice.llm.protocol.AnswerReader;
import io.sluice.llm.protocol.ErrorBody;
import io.sluice.llm.protocol.ProviderException;
import io.sluice.llm.protocol.ServerSentEvents;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One request to one provider, and its answer, which a listener is told one call after the other. */
final class Exchange implements BodyHandler<@Nullable Void> {

    private static final int OK = 200;

    /** Bytes of an error that are read; what matters comes first. */
    private static final int MOST_OF_AN_ERROR = 16 * 1024;

    /** Time that a provider has to end the response after it has said that nothing comes any more; then the connection is no longer of use. */
    private static final Duration END_WITHIN = Duration.ofSeconds(1);

    private final Transport transport;
    private final Provider provider;
    private final AnswerListener listener;
    private final AnswerReader reader;
    private final ServerSentEvents events = new ServerSentEvents();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    /** Set by whatever ends the answer first; nothing is told after that but the end itself. */
    private final AtomicBoolean over = new AtomicBoolean();

    /** Held while the listener is told something. */
    private final ReentrantLock telling = new ReentrantLock();

    private volatile List<Future<?>> timeouts = List.of();
    private volatile @Nullable Future<?> firstTextTimeout;
    private volatile @Nullable ResponseInfo head;
    private volatile @Nullable CompletableFuture<HttpResponse<@Nullable Void>> response;

    /** First half of a code point whose second half is yet to come; of the thread that reads. */
    private String half = "";

    Exchange(Transport transport, Provider provider, AnswerListener listener) {
        this.transport = transport;
        this.provider = provider;
        this.listener = listener;
        this.reader = provider.protocol().reader();
    }

    /** Sends the request, and returns. */
    void start(HttpRequest request, Duration firstTextWithin, Duration endWithin) {
        Future<?> first = timeout(firstTextWithin, "began no answer within");
        firstTextTimeout = first;
        timeouts = List.of(first, timeout(endWithin, "ended no answer within"));
        CompletableFuture<HttpResponse<@Nullable Void>> sent = transport.http().sendAsync(request, this);
        response = sent;
        if (over.get()) {
            sent.cancel(true);
        }
        CompletableFuture<?> unused = sent.whenComplete((ended, failure) -> closed(failure));
    }

    private Future<?> timeout(Duration after, String predicate) {
        ModelFailure failure = failure(Kind.TIMEOUT, "%s %d ms".formatted(predicate, after.toMillis()));
        return transport
                .timer()
                // The listener may be at work, and is told by another thread that waits for it.
                .schedule(
                        () -> transport.threads().execute(() -> fail(failure)), after.toNanos(), TimeUnit.NANOSECONDS);
    }

    private ModelFailure failure(Kind kind, String predicate) {
        return new ModelFailure(kind, provider.name() + " " + predicate, Optional.empty());
    }

    @Override
    public BodySubscriber<@Nullable Void> apply(ResponseInfo info) {
        head = info;
        return new Chunks(isAnswer(info) ? this::readAnswer : this::readError);
    }

    private static boolean isAnswer(ResponseInfo info) {
        return info.statusCode() == OK
                && info.headers()
                        .firstValue("Content-Type")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .startsWith("text/event-stream");
    }

    private void readError(ByteBuffer bytes) {
        byte[] chunk = new byte[Math.min(bytes.remaining(), MOST_OF_AN_ERROR - error.size())];
        bytes.get(chunk);
        error.writeBytes(chunk);
    }

    private void readAnswer(ByteBuffer bytes) {
        try {
            for (String data : events.read(bytes)) {
                emit(reader.read(data));
                if (reader.hasLast()) {
                    end();
                    return;
                }
            }
        } catch (ProviderException e) {
            fail(e.failure(provider.name()));
        }
    }

    private void emit(String text) {
        String whole = half + text;
        boolean isBroken = !whole.isEmpty() && Character.isHighSurrogate(whole.charAt(whole.length() - 1));
        half = isBroken ? whole.substring(whole.length() - 1) : "";
        String told = isBroken ? whole.substring(0, whole.length() - 1) : whole;
        if (told.isEmpty()) {
            return;
        }
        if (firstTextTimeout != null) {
            firstTextTimeout.cancel(false);
        }
        inTurn(() -> {
            if (!over.get()) {
                listener.onText(told);
            }
        });
    }

    /** Takes the end of the response, for whatever reason. */
    private void closed(@Nullable Throwable failure) {
        ResponseInfo info = head;
        if (reader.reason().isPresent()) {
            end();
        } else if (info == null) {
            fail(unreached(failure == null ? new EOFException() : unwrapped(failure)));
        } else if (isAnswer(info)) {
            fail(failure(Kind.CUT, "did not say that the answer has ended"));
        } else if (info.statusCode() == OK) {
            fail(failure(Kind.PROTOCOL, "answered with something else than a stream of events"));
        } else {
            Optional<Duration> retryAfter = info.headers()
                    .firstValue("Retry-After")
                    .flatMap(header -> RetryAfter.parse(header, transport.clock()));
            fail(ErrorBody.of(info.statusCode(), retryAfter, error.toString(StandardCharsets.UTF_8))
                    .failure(provider.name()));
        }
    }

    private ModelFailure unreached(Throwable failure) {
        // A connection that was kept for the next request, and that the provider closed at the moment of it, looks the
        // same.
        boolean isClosed = !(failure instanceof ConnectException || failure instanceof HttpTimeoutException);
        return new ModelFailure(
                Kind.UNAVAILABLE,
                provider.name() + " cannot be reached: " + failure.getClass().getSimpleName(),
                isClosed ? Optional.of(Duration.ZERO) : Optional.empty());
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private void end() {
        if (over.compareAndSet(false, true)) {
            stopTimeouts();
            // The connection can be used again if the response ends.
            Future<?> unused = transport.timer().schedule(this::close, END_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            Completion completion = new Completion(
                    provider.name(), provider.model().name(), reader.reason().orElseThrow(), reader.usage());
            inTurn(() -> listener.onEnd(completion));
        }
    }

    private void fail(ModelFailure failure) {
        if (cancel()) {
            inTurn(() -> listener.onFailure(failure));
        }
    }

    /** Gives the answer up, and closes its connection; false if it has ended already. */
    boolean cancel() {
        boolean isFirst = over.compareAndSet(false, true);
        if (isFirst) {
            stopTimeouts();
            close();
        }
        return isFirst;
    }

    /** Tokens as far as the provider has counted them. */
    Completion.Usage usage() {
        return reader.usage();
    }

    private void stopTimeouts() {
        timeouts.forEach(timeout -> timeout.cancel(false));
    }

    private void close() {
        CompletableFuture<HttpResponse<@Nullable Void>> sent = response;
        if (sent != null) {
            sent.cancel(true);
        }
    }

    private void inTurn(Runnable call) {
        telling.lock();
        try {
            call.run();
        } finally {
            telling.unlock();
        }
    }
}
