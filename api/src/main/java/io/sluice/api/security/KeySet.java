package io.sluice.api.security;

import io.quarkus.runtime.StartupEvent;
import io.sluice.api.http.request.CallerContext;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LoggedState;
import io.sluice.runtime.threads.NamedThreads;
import io.sluice.settings.AuthSettings;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jose4j.http.Get;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * The public keys at {@code AUTH_JWKS_URL}: asked for at the start until they are there, again every five minutes, and again, but at
 * most once a second, when a token names a key that is not known. While they cannot be had the last ones go on.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517">RFC 7517, JSON Web Key</a>
 */
@ApplicationScoped
public class KeySet implements VerificationKeyResolver {

    private static final Logger LOG = Logger.getLogger(KeySet.class.getName());

    private static final Duration ASKED_AGAIN = Duration.ofMinutes(5);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(3);
    private static final int MAX_BYTES = 1 << 20;

    private final @Nullable String url;
    private final Duration betweenTries;

    /** Longest wait of a request: a provider that sends the keys a byte at a time holds nobody but the next try. */
    private final Duration waitedFor;

    private final Get http = new Get();

    /** Thread of no request, because its answer goes to all who wait for it. */
    private final ScheduledExecutorService tries = NamedThreads.scheduled("keys");

    /** Done by the try that has not begun yet; guarded by this. */
    private @Nullable CompletableFuture<Void> next;

    /** Begin of the last try, as {@link System#nanoTime()}; guarded by this. */
    private long lastTry;

    private volatile @Nullable PublishedKeys keys;

    /** Counted up behind each change of the keys: whoever reads it first never takes older keys for newer ones. */
    private volatile long version;

    private final LoggedState<String> state = new LoggedState<>("the keys have not been asked for yet");

    @Inject
    KeySet(AuthSettings settings) {
        this(settings, BETWEEN_TRIES, ANSWERED_WITHIN);
    }

    KeySet(AuthSettings settings, Duration betweenTries, Duration answeredWithin) {
        this.url = settings.jwksUrl().orElse(null);
        this.betweenTries = betweenTries;
        this.waitedFor = betweenTries.plus(answeredWithin);
        this.lastTry = System.nanoTime() - betweenTries.toNanos();
        http.setConnectTimeout((int) answeredWithin.toMillis());
        http.setReadTimeout((int) answeredWithin.toMillis());
        http.setResponseBodySizeLimit(MAX_BYTES);
        http.setRetries(0);
    }

    void start(@Observes StartupEvent event) {
        if (url != null) {
            Future<?> unused =
                    tries.scheduleWithFixedDelay(this::askAgain, 0, ASKED_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @PreDestroy
    void stop() {
        tries.shutdownNow();
    }

    /** True if there is nothing to wait for: the keys have been there once, or none are needed. */
    public boolean seen() {
        return url == null || keys != null;
    }

    /** The state of the keys, for people. */
    public String state() {
        return state.current();
    }

    /** The version of the keys: another number for each time that they were fetched. */
    long version() {
        return version;
    }

    @Override
    public Key resolveKey(JsonWebSignature token, List<JsonWebStructure> around) throws UnknownKeyException {
        PublishedKeys known = keys;
        if (known == null) {
            throw new UnknownKeyException(state.current());
        }
        try {
            Key key = known.find(token);
            if (key != null) {
                return key;
            }
        } catch (JoseException e) {
            // As if there were none: whatever is wrong with the token, no other key makes it better.
        }
        throw new UnknownKeyException("it is not in the set");
    }

    /** Waits for the keys to be asked for once more, whatever comes of it, and answers on the event loop that it is called on. */
    Uni<Void> next() {
        Executor back = CallerContext.executor();
        return Uni.createFrom()
                .completionStage(
                        () -> begin().copy().completeOnTimeout(null, waitedFor.toMillis(), TimeUnit.MILLISECONDS))
                .emitOn(back);
    }

    /** The next fetch, shared by all requests that need an unknown key: one that begins from now on, not one that is under way. */
    private synchronized CompletableFuture<Void> begin() {
        CompletableFuture<Void> begun = next;
        if (begun == null) {
            begun = new CompletableFuture<>();
            next = begun;
            long pause = Math.max(0, lastTry + betweenTries.toNanos() - System.nanoTime());
            Future<?> unused = tries.schedule(this::attempt, pause, TimeUnit.NANOSECONDS);
        }
        return begun;
    }

    private void attempt() {
        CompletableFuture<Void> mine = take();
        try {
            fetch();
        } finally {
            mine.complete(null);
        }
        if (!seen()) {
            askAgain();
        }
    }

    private void askAgain() {
        Future<?> unused = begin();
    }

    private synchronized CompletableFuture<Void> take() {
        CompletableFuture<Void> mine = Objects.requireNonNull(next);
        next = null;
        lastTry = System.nanoTime();
        return mine;
    }

    private void fetch() {
        try {
            JsonWebKeySet fetched = new JsonWebKeySet(http.get(url).getBody());
            if (fetched.getJsonWebKeys().isEmpty()) {
                logChange("there is no key in the answer of AUTH_JWKS_URL");
                return;
            }
            take(fetched);
            logChange("the keys have been seen");
        } catch (IOException | JoseException | RuntimeException e) {
            // Of what the other side has sent, anything can be wrong; the last keys go on.
            logChange("AUTH_JWKS_URL cannot be read: " + e);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the only thread that writes
    private void take(JsonWebKeySet fetched) {
        keys = new PublishedKeys(fetched.getJsonWebKeys());
        version++;
    }

    private void logChange(String now) {
        if (state.changesTo(now)) {
            LogLine.of("keys-state").with("state", now).write(LOG, Level.INFO);
        }
    }

    /** No key is known by which the token could be checked. */
    static final class UnknownKeyException extends UnresolvableKeyException {

        private static final long serialVersionUID = 1L;

        UnknownKeyException(String message) {
            super(message);
        }
    }
}
