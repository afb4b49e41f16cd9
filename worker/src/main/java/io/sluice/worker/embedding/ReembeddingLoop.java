package io.sluice.worker.embedding;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.embedding.Embedder;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.retry.FailureSummary;
import io.sluice.runtime.start.LoopFault;
import io.sluice.settings.Feature;
import io.sluice.settings.FeatureSettings;
import io.sluice.settings.WorkerTokenSettings;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The thread that embeds, in the background, what has no vectors of this worker's model, as all documents after a change of the model. Where no
 * one can ask for a ranking there is none.
 */
@Singleton
public class ReembeddingLoop {

    private static final Logger LOG = Logger.getLogger(ReembeddingLoop.class.getName());

    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    /** Pause while others embed what is left, and before PostgreSQL has answered. */
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(1);

    private static final Duration LOAD_AGAIN_AFTER = Duration.ofSeconds(30);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AgroalDataSource pool;
    private final Provider<Embedder> embedder;
    private final IngestPriority priority;
    private final boolean used;
    private volatile @Nullable Reembedding reembedding;
    private volatile boolean complete;
    private volatile @Nullable String fault;

    ReembeddingLoop(
            AgroalDataSource pool,
            Provider<Embedder> embedder,
            IngestPriority priority,
            FeatureSettings features,
            WorkerTokenSettings token,
            MeterRegistry registry) {
        this.pool = pool;
        this.embedder = embedder;
        this.priority = priority;
        this.used = features.isEnabled(Feature.DOCUMENTS) && token.token().isPresent();
        Gauge.builder("sluice.worker.embedding.documents.left", this, loop -> loop.left()
                        .orElse(0))
                .description("Documents that are ready and have no vectors of this replica's model")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        if (used) {
            Thread loop = new Thread(this::runUntilStopped, "reembedding");
            loop.setUncaughtExceptionHandler((ended, fault) -> LoopFault.endProgram(LOG, "reembedding", fault));
            loop.start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    private void runUntilStopped() {
        try {
            @Nullable Reembedding loaded = load();
            while (loaded == null && !stopped.await(LOAD_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
                loaded = load();
            }
            Duration pause = Duration.ZERO;
            while (loaded != null && !stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = step(loaded);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Reembedding load() {
        try {
            Reembedding loaded = new Reembedding(pool, embedder.get(), priority, () -> stopped.getCount() == 0);
            reembedding = loaded;
            return loaded;
        } catch (UnusableEmbedderException e) {
            // Whoever ranks says so.
            return null;
        }
    }

    /** Time until the next one. */
    private Duration step(Reembedding loaded) throws InterruptedException {
        try {
            boolean embedded = loaded.step();
            fault = null;
            complete |= !embedded && left().equals(Optional.of(0));
            return embedded ? Duration.ZERO : complete ? LOOK_EVERY : LOOK_AGAIN_AFTER;
        } catch (SQLException | CompletionException e) {
            // The pool throws the second where a connection is given up while it is made.
            fault = FailureSummary.of(e);
            LogLine.of("reembedding-interrupted").because(e).write(LOG, Level.DEBUG);
            return LOOK_AGAIN_AFTER;
        }
    }

    /** Number of documents that have no vectors of the model, when it was last looked; empty before. */
    public Optional<Integer> left() {
        Reembedding current = reembedding;
        return current == null ? Optional.empty() : current.left();
    }

    /** The reason why PostgreSQL has refused what was last tried; {@code null} if it has not. */
    public @Nullable String fault() {
        return fault;
    }

    /**
     * True until all documents had vectors of the model, as long as workers of another model can rank meanwhile; what comes without vectors
     * after that does not count.
     */
    public boolean isAwaited() {
        Reembedding current = reembedding;
        return used && !complete && (current == null || current.othersRank());
    }
}
