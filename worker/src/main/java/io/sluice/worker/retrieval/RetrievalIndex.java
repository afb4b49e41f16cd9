package io.sluice.worker.retrieval;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.embedding.Embedder;
import io.sluice.runtime.database.Transaction;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LoggedState;
import io.sluice.runtime.start.LoopFault;
import io.sluice.settings.Feature;
import io.sluice.settings.FeatureSettings;
import io.sluice.settings.WorkerTokenSettings;
import io.sluice.worker.embedding.ReembeddingLoop;
import io.sluice.worker.embedding.UnusableEmbedderException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Model and vectors that questions are ranked by. A thread loads the model, and the vectors where PostgreSQL does not search in them itself, and
 * looks every second for what has changed. Where no one can ask, neither takes memory.
 */
@Singleton
class RetrievalIndex {

    private static final Logger LOG = Logger.getLogger(RetrievalIndex.class.getName());

    /** Passages up to which they are ranked by meaning: of 384 dimensions they take 40 MB, and a question 20 to 70 ms. */
    static final int MAX_PASSAGES = 100_000;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Longest pause between two looks: for so long a document that has become ready may not be found by its meaning. */
    private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofSeconds(10);

    /** Time of the thread for each part of it with PostgreSQL, however many documents there are, unless the longest pause is too short for that. */
    private static final int SHARE_OF_TIME = 20;

    private static final Duration LOAD_AGAIN_AFTER = Duration.ofSeconds(30);

    private final LoggedState<String> state = new LoggedState<>("");
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AgroalDataSource pool;
    private final Provider<Embedder> embedder;
    private final HybridRanking ranking;
    private final ReembeddingLoop reembedding;
    private final boolean used;

    private volatile @Nullable VectorSearch vectors;

    /** False until questions are answered as quickly as they will be. */
    private volatile boolean warm;

    RetrievalIndex(
            AgroalDataSource pool,
            Provider<Embedder> embedder,
            HybridRanking ranking,
            ReembeddingLoop reembedding,
            FeatureSettings features,
            WorkerTokenSettings token,
            MeterRegistry registry) {
        this.pool = pool;
        this.embedder = embedder;
        this.ranking = ranking;
        this.reembedding = reembedding;
        this.used = features.isEnabled(Feature.DOCUMENTS) && token.token().isPresent();
        Gauge.builder("sluice.worker.retrieval.passages", this, index -> {
                    VectorSearch current = index.vectors;
                    return current == null ? 0 : current.size();
                })
                .description("Passages that are ranked by meaning")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        if (used) {
            Thread looks = new Thread(this::lookUntilStopped, "retrieval-index");
            looks.setUncaughtExceptionHandler((ended, fault) -> LoopFault.endProgram(LOG, "retrieval", fault));
            looks.start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    private void lookUntilStopped() {
        try {
            @Nullable Embedder model = load();
            while (model == null && !stopped.await(LOAD_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
                model = load();
            }
            @Nullable VectorSearch loaded = model == null ? null : search(model);
            while (model != null && loaded == null && !stopped.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                loaded = search(model);
            }
            vectors = loaded;
            long pause = 0;
            while (loaded != null && !stopped.await(pause, TimeUnit.NANOSECONDS)) {
                long begun = System.nanoTime();
                look(loaded);
                pause = pause(System.nanoTime() - begun);
                warmUp(loaded);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nanoseconds until the next look, after one that took so many. */
    static long pause(long lookNanos) {
        return Math.min(LOOK_AT_LEAST_EVERY.toNanos(), Math.max(LOOK_EVERY.toNanos(), lookNanos * SHARE_OF_TIME));
    }

    private @Nullable Embedder load() {
        try {
            return embedder.get();
        } catch (UnusableEmbedderException e) {
            logState(String.valueOf(e.getMessage()), Level.WARN);
            return null;
        }
    }

    /** Null while PostgreSQL does not say what it has. */
    private @Nullable VectorSearch search(Embedder model) {
        try (Transaction transaction = Transaction.begin(pool)) {
            boolean isStored = StoredVectors.isThere(transaction.connection(), model.dimensions());
            transaction.commit();
            return isStored
                    ? new StoredVectors(pool, model.model(), model.dimensions())
                    : new DocumentVectors(model.model(), model.dimensions(), MAX_PASSAGES);
        } catch (SQLException | CompletionException e) {
            LogLine.of("retrieval-not-updated").because(e).write(LOG, Level.DEBUG);
            return null;
        }
    }

    private void look(VectorSearch loaded) {
        try (Transaction transaction = Transaction.begin(pool)) {
            loaded.update(transaction.connection());
            transaction.commit();
            if (warm) {
                logState(state(), Level.INFO);
            }
        } catch (SQLException | CompletionException e) {
            // Health has the reason. The pool throws the second where a connection is given up while it is made.
            LogLine.of("retrieval-not-updated").because(e).write(LOG, Level.DEBUG);
        }
    }

    /** Warms up before anybody asks; what was asked as soon as the program is ready would come too late. */
    private void warmUp(VectorSearch loaded) throws InterruptedException {
        if (!warm && loaded.isKnown() && WarmUp.run(ranking, loaded)) {
            warm = true;
            logState(state(), Level.INFO);
        }
    }

    private void logState(String now, Level level) {
        if (state.changesTo(now)) {
            LogLine.of("retrieval-state").with("state", now).write(LOG, level);
        }
    }

    /** True if there is anybody who can ask. */
    boolean isUsed() {
        return used;
    }

    /**
     * Vectors, and null before it is known which there are, before questions are answered in time, and before all documents had vectors of the
     * model, where replicas that have another one can be asked until then.
     */
    @Nullable VectorSearch vectors() {
        VectorSearch current = vectors;
        return current != null && warm && !reembedding.isAwaited() ? current : null;
    }

    /** Documents that have no vectors of this model yet. */
    int documentsLeft() {
        return reembedding.left().orElse(0);
    }

    /** Kind of ranking at present, for people. */
    String state() {
        VectorSearch current = vectors();
        if (!used) {
            return "not used: FEATURES has no documents, or there is no WORKER_TOKEN";
        }
        if (warm && reembedding.isAwaited() && reembedding.fault() != null) {
            return "it cannot be known which documents are to be embedded: " + reembedding.fault();
        }
        if (warm && reembedding.isAwaited() && documentsLeft() > 0) {
            return "not yet, while workers of another model rank";
        }
        if (current == null) {
            return state.current().isEmpty() ? "model and vectors are being loaded" : state.current();
        }
        return current.isComplete()
                ? "by words and meaning, " + current.place()
                : "by words alone: there are more than %,d passages".formatted(MAX_PASSAGES);
    }
}
