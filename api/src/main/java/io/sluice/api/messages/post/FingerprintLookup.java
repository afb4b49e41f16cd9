package io.sluice.api.messages.post;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.sluice.api.messages.stored.MessageStore;
import io.sluice.contract.Fingerprint;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LoggedState;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Looks up what is stored under an id, quickly or not at all. Requests that come while a query is under way share the next one:
 * however many they are, they hold one thread and one connection, and a database that hangs holds no more than these.
 */
@Startup
@ApplicationScoped
public class FingerprintLookup {

    private static final Logger LOG = Logger.getLogger(FingerprintLookup.class.getName());

    /** Most ids of one query: those that a second brings while PostgreSQL is slow. Others are not looked up. */
    private static final int MAX_WAITING = 10_000;

    private final MessageStore store;

    /**
     * A thread of its own, and of no request: the framework's threads carry the context of the request that they were taken for,
     * and what answers the others there would end in that one's context.
     */
    private final ExecutorService queries =
            Executors.newSingleThreadExecutor(query -> new Thread(query, "fingerprints"));

    /** The ids of the next query; guarded by this. */
    private Map<UUID, CompletableFuture<Optional<Fingerprint>>> waiting = new HashMap<>();

    /** True while a query is under way; guarded by this. */
    private boolean querying;

    private final LoggedState<Boolean> failing = new LoggedState<>(false);

    private final Counter answered;
    private final Counter timedOut;
    private final Counter failed;

    FingerprintLookup(MessageStore store, MeterRegistry registry) {
        this.store = store;
        answered = checks("answered", registry);
        timedOut = checks("timed-out", registry);
        failed = checks("failed", registry);
    }

    private static Counter checks(String outcome, MeterRegistry registry) {
        return Counter.builder("sluice.api.conflict.checks")
                .description("Questions to PostgreSQL whether an id belongs to another event")
                .tag("outcome", outcome)
                .register(registry);
    }

    @PreDestroy
    void stop() {
        queries.shutdownNow();
    }

    /**
     * The fingerprint of the event that is stored under the id.
     *
     * @param timeout how long to wait for PostgreSQL
     * @return empty if there is none, if PostgreSQL did not answer in time, or if it failed
     */
    Uni<Optional<Fingerprint>> find(UUID id, Duration timeout) {
        return Uni.createFrom()
                .completionStage(() -> ask(id).copy())
                .invoke(() -> answered.increment())
                .onFailure()
                .recoverWithItem(() -> skipped(failed, 1))
                .ifNoItem()
                .after(timeout)
                .recoverWithItem(() -> skipped(timedOut, 1));
    }

    /**
     * The fingerprints of those of the events that are stored.
     *
     * @param timeout how long to wait for PostgreSQL
     * @return empty if PostgreSQL did not answer in time, or if it failed
     */
    public Uni<Optional<Map<UUID, Fingerprint>>> findAll(Collection<UUID> ids, Duration timeout) {
        Set<UUID> distinct = Set.copyOf(ids);
        return Uni.createFrom()
                .completionStage(() -> ask(distinct))
                .map(Optional::of)
                .invoke(() -> answered.increment(distinct.size()))
                .onFailure()
                .recoverWithItem(() -> skipped(failed, distinct.size()))
                .ifNoItem()
                .after(timeout)
                .recoverWithItem(() -> skipped(timedOut, distinct.size()));
    }

    private CompletableFuture<Map<UUID, Fingerprint>> ask(Set<UUID> ids) {
        Map<UUID, CompletableFuture<Optional<Fingerprint>>> asked = new HashMap<>();
        ids.forEach(id -> asked.put(id, ask(id)));
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> found(asked));
    }

    private static Map<UUID, Fingerprint> found(Map<UUID, CompletableFuture<Optional<Fingerprint>>> asked) {
        Map<UUID, Fingerprint> found = new HashMap<>();
        asked.forEach((id, answer) -> answer.join().ifPresent(fingerprint -> found.put(id, fingerprint)));
        return found;
    }

    private static <T> Optional<T> skipped(Counter checks, int ids) {
        checks.increment(ids);
        return Optional.empty();
    }

    private synchronized CompletableFuture<Optional<Fingerprint>> ask(UUID id) {
        if (waiting.size() >= MAX_WAITING && !waiting.containsKey(id)) {
            return new CompletableFuture<>();
        }
        if (!querying) {
            queries.execute(this::queryUntilNobodyWaits);
            // Only now: with no thread for it, nobody would ask again.
            querying = true;
        }
        return waiting.computeIfAbsent(id, unused -> new CompletableFuture<>());
    }

    private void queryUntilNobodyWaits() {
        for (var asked = takeWaiting(); !asked.isEmpty(); asked = takeWaiting()) {
            answer(asked);
        }
    }

    private void answer(Map<UUID, CompletableFuture<Optional<Fingerprint>>> asked) {
        try {
            Map<UUID, Fingerprint> found = store.fingerprints(asked.keySet());
            failing.changesTo(false);
            asked.forEach((id, answer) -> answer.complete(Optional.ofNullable(found.get(id))));
        } catch (Throwable e) {
            // Whoever waits is answered, and others can ask, whatever it was, an Error too: the consumer decides then.
            if (failing.changesTo(true)) {
                LogLine.of("conflict-checks-skipped")
                        .with("reason", e instanceof Error ? e : e.getMessage())
                        .write(LOG, Level.WARN);
            }
            asked.values().forEach(answer -> answer.completeExceptionally(e));
        }
    }

    private synchronized Map<UUID, CompletableFuture<Optional<Fingerprint>>> takeWaiting() {
        var asked = waiting;
        waiting = new HashMap<>();
        querying = !asked.isEmpty();
        return asked;
    }
}
