package io.sluice.worker.embedding;

import io.agroal.api.AgroalDataSource;
import io.sluice.embedding.Embedder;
import io.sluice.embedding.QuantizedVector;
import io.sluice.runtime.database.Transaction;
import io.sluice.runtime.logs.LogLine;
import io.sluice.worker.embedding.DueDocuments.Due;
import io.sluice.worker.embedding.DueDocuments.PassageText;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Embeds the documents that have no vectors of a model, one after the other, each whole or not at all; then deletes the vectors of models that no
 * worker has any more. For one thread, but for {@link #left} and {@link #othersRank}.
 */
final class Reembedding {

    private static final Logger LOG = Logger.getLogger(Reembedding.class.getName());

    private static final Duration RENEW_EVERY = Duration.ofSeconds(15);

    private static final Duration SEE_EVERY = Duration.ofSeconds(15);

    /** All documents are looked through to count: not behind each one that is embedded. */
    private static final Duration COUNT_EVERY = Duration.ofSeconds(15);

    private static final UUID LOWEST = new UUID(0, 0);

    private static final int UNKNOWN = -1;

    private final ModelTable models = new ModelTable();
    private final VectorTable vectors = new VectorTable();
    private final Set<UUID> failed = new HashSet<>();
    private final AgroalDataSource pool;
    private final Embedder embedder;
    private final IngestPriority priority;
    private final BooleanSupplier stopped;
    private final DueDocuments documents;
    private long seen = System.nanoTime() - SEE_EVERY.toNanos();
    private long counted;
    private UUID last = LOWEST;
    private volatile int left = UNKNOWN;
    private volatile boolean othersRank = true;

    /** @param stopped true once no further passage is to be embedded */
    Reembedding(AgroalDataSource pool, Embedder embedder, IngestPriority priority, BooleanSupplier stopped) {
        this.pool = pool;
        this.embedder = embedder;
        this.priority = priority;
        this.stopped = stopped;
        this.documents = new DueDocuments(embedder.model(), UUID.randomUUID());
    }

    /** Number of documents without vectors of the model, when they were last counted; empty before. */
    Optional<Integer> left() {
        int now = left;
        return now == UNKNOWN ? Optional.empty() : Optional.of(now);
    }

    /** True if there were workers of another model when it was last looked, and before. */
    boolean othersRank() {
        return othersRank;
    }

    /**
     * Embeds one document, if there is any that is due and that no other worker embeds.
     *
     * @return false if there is none
     */
    boolean step() throws SQLException, InterruptedException {
        if (System.nanoTime() - seen >= SEE_EVERY.toNanos()) {
            see();
        }
        Optional<Due> due = next();
        othersRank = Transaction.run(pool, transaction -> models.isAnotherSeen(transaction, embedder.model()));
        if (due.isEmpty() || left <= 0 || System.nanoTime() - counted >= COUNT_EVERY.toNanos()) {
            count();
        }
        if (due.isPresent()) {
            embed(due.get());
        } else if (left == 0) {
            deleteUnused();
        }
        return due.isPresent();
    }

    /** Next passages behind the last one, and then from the first one on: some were left to others, or have become ready since. */
    private Optional<Due> next() throws SQLException {
        Optional<Due> due = claim();
        if (due.isEmpty() && !last.equals(LOWEST)) {
            last = LOWEST;
            due = claim();
        }
        due.ifPresent(document -> last = document.id());
        return due;
    }

    private Optional<Due> claim() throws SQLException {
        return Transaction.run(pool, transaction -> documents.claim(transaction, failed, last));
    }

    private void count() throws SQLException {
        int before = left;
        left = Transaction.run(pool, transaction -> documents.count(transaction, failed));
        counted = System.nanoTime();
        if (left > 0 && before <= 0) {
            LogLine.of("reembedding-begun")
                    .with("model", embedder.model())
                    .with("documents", left)
                    .write(LOG, Level.INFO);
        } else if (left == 0 && before > 0) {
            LogLine.of("reembedding-done").with("model", embedder.model()).write(LOG, Level.INFO);
        }
    }

    private void see() throws SQLException {
        Transaction.run(pool, transaction -> models.see(transaction, embedder.model()));
        seen = System.nanoTime();
    }

    private void embed(Due document) throws SQLException, InterruptedException {
        try {
            Optional<List<byte[]>> embedded = vectors(document);
            if (embedded.isPresent()) {
                write(document, embedded.get());
            }
        } catch (IllegalStateException | IllegalArgumentException e) {
            if (!stopped.getAsBoolean()) {
                failed.add(document.id());
                LogLine.of("document-not-embedded")
                        .with("model", embedder.model())
                        .with("document", document.id())
                        .because(e)
                        .write(LOG, Level.WARN);
            }
        }
    }

    /** Empty if they are not wanted any more. */
    private Optional<List<byte[]>> vectors(Due document) throws SQLException, InterruptedException {
        List<byte[]> all = new ArrayList<>();
        long renewed = System.nanoTime();
        List<PassageText> texts = texts(document, 0);
        while (!texts.isEmpty()) {
            for (PassageText next : texts) {
                priority.await();
                if (System.nanoTime() - renewed > RENEW_EVERY.toNanos()) {
                    if (!Transaction.run(pool, transaction -> documents.renew(transaction, document))) {
                        return Optional.empty();
                    }
                    renewed = System.nanoTime();
                    see();
                }
                if (stopped.getAsBoolean()) {
                    Transaction.run(pool, transaction -> documents.release(transaction, document));
                    return Optional.empty();
                }
                all.add(QuantizedVector.of(
                        embedder.passage(next.heading(), next.text()).vector()));
            }
            texts = texts(document, all.size());
        }
        return Optional.of(all);
    }

    private List<PassageText> texts(Due document, int after) throws SQLException {
        return Transaction.run(pool, transaction -> documents.texts(transaction, document, after));
    }

    /** Under the lock of the document, as ingest writes: whoever replaces or deletes it does so before this, or after it. */
    private void write(Due document, List<byte[]> embedded) throws SQLException {
        try (Transaction transaction = Transaction.begin(pool)) {
            boolean wanted = documents.lock(transaction.connection(), document)
                    && documents.release(transaction.connection(), document)
                    && embedded.size() == document.passages();
            if (wanted) {
                vectors.insert(transaction.connection(), document.id(), embedder.model(), embedded);
                transaction.commit();
            }
        }
    }

    private void deleteUnused() throws SQLException {
        for (String model : Transaction.run(pool, transaction -> models.unused(transaction, embedder.model()))) {
            int rows = 0;
            int deleted;
            do {
                deleted = Transaction.run(pool, transaction -> models.delete(transaction, model));
                rows += deleted;
            } while (deleted > 0 && !stopped.getAsBoolean());
            LogLine.of("vectors-deleted")
                    .with("model", model)
                    .with("rows", rows)
                    .write(LOG, Level.INFO);
        }
    }
}
