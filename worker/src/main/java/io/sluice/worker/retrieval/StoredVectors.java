package io.sluice.worker.retrieval;

import io.sluice.retrieval.DocumentAccess;
import io.sluice.runtime.database.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Vectors in PostgreSQL, by pgvector: any number of passages. What the caller can read is compared exactly up to {@value #EXACT_PASSAGES} passages, and
 * above that found by the index, which may miss some.
 */
final class StoredVectors implements VectorSearch {

    /** Passages that are compared in some 25 ms. */
    static final int EXACT_PASSAGES = 20_000;

    /** Dimensions that there is an index for. */
    private static final Set<Integer> INDEXED = Set.of(384, 512, 768, 1_024);

    private static final String IS_THERE =
            "select coalesce(has_table_privilege(to_regclass('passage_embeddings'), 'select'), false)";

    private static final String COUNT = "select coalesce(sum(passage_count), 0) from documents where status = 'ready'";

    private static final String AMONG = " and %s and (cardinality(?::uuid[]) = 0 or documents.id = any (?::uuid[]))"
            .formatted(DocumentAccess.READABLE);

    /** Twice the list that is asked for, so that it has the best ten as good as always; more are looked at while too few are the caller's. */
    private static final String SETTINGS =
            """
            set local statement_timeout = '1s'; set local plan_cache_mode = force_custom_plan; set local jit = off;
            set local hnsw.ef_search = 200; set local hnsw.iterative_scan = strict_order""";

    /** Setting that leaves the index alone: it gives its rows in order. */
    private static final String BY_INDEX = "set local enable_sort = off";

    private static final String EXACTLY =
            """
            select passage_id from passage_embeddings
             where document_id = any (array(select id from documents where status = 'ready'%s)) and model = ?
             order by embedding::vector <=> ?::vector, passage_id limit ?"""
                    .formatted(AMONG);

    private static final String APPROXIMATELY =
            """
            select passage_id from passage_embeddings join documents on documents.id = document_id
             where status = 'ready'%1$s and model = ? and vector_dims(embedding) = %2$d
             order by embedding::halfvec(%2$d) <=> ?::halfvec(%2$d) limit ?""";

    private static final String UNKNOWN =
            """
            select id from unnest(?::bigint[]) as id
             where not exists (select from passage_embeddings where passage_id = id and model = ?)""";

    private final DataSource pool;
    private final String model;
    private final String approximately;

    /** Below 0 before it is known. */
    private volatile long size = -1;

    /**
     * @param model as {@link io.sluice.embedding.Embedder#model} names it
     * @param dimensions that there {@linkplain #isThere is} an index for
     */
    StoredVectors(DataSource pool, String model, int dimensions) {
        this.pool = pool;
        this.model = model;
        this.approximately = APPROXIMATELY.formatted(AMONG, dimensions);
    }

    /** True if the database has such vectors, this program may read them, and there is an index for so many dimensions. */
    static boolean isThere(Connection transaction, int dimensions) throws SQLException {
        try (Statement select = transaction.createStatement();
                ResultSet row = select.executeQuery(IS_THERE)) {
            row.next();
            return row.getBoolean(1) && INDEXED.contains(dimensions);
        }
    }

    @Override
    public void update(Connection transaction) throws SQLException {
        try (Statement select = transaction.createStatement();
                ResultSet row = select.executeQuery(COUNT)) {
            row.next();
            size = row.getLong(1);
        }
    }

    @Override
    public boolean isKnown() {
        return size >= 0;
    }

    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public long size() {
        return Math.max(0, size);
    }

    @Override
    public String place() {
        return "in PostgreSQL";
    }

    @Override
    public Nearest nearest(float[] question, String caller, Collection<UUID> documents, int limit) throws SQLException {
        try (Transaction transaction = Transaction.begin(pool);
                Statement settings = transaction.connection().createStatement()) {
            settings.execute(SETTINGS);
            Connection connection = transaction.connection();
            Object selection = connection.createArrayOf("uuid", documents.toArray());
            List<Object> among = List.of(caller, caller, selection, selection);
            boolean isLarge = longs(connection, COUNT + AMONG, among).get(0) > EXACT_PASSAGES;
            if (isLarge) {
                settings.execute(BY_INDEX);
            }
            List<Object> parameters = new ArrayList<>(among);
            parameters.addAll(List.of(model, Arrays.toString(question), limit));
            List<Long> passages = longs(connection, isLarge ? approximately : EXACTLY, parameters);
            transaction.commit();
            return new Found(passages);
        }
    }

    private static List<Long> longs(Connection transaction, String query, List<Object> parameters) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(query)) {
            for (int i = 0; i < parameters.size(); i++) {
                select.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet rows = select.executeQuery()) {
                List<Long> longs = new ArrayList<>();
                while (rows.next()) {
                    longs.add(rows.getLong(1));
                }
                return longs;
            }
        }
    }

    private final class Found implements Nearest {

        private final List<Long> passages;

        Found(List<Long> passages) {
            this.passages = passages;
        }

        @Override
        public List<Long> passages() {
            return passages;
        }

        @Override
        public Set<Long> unknown(Collection<Long> some) throws SQLException {
            try (Transaction transaction = Transaction.begin(pool)) {
                Connection connection = transaction.connection();
                Object ids = connection.createArrayOf("int8", some.toArray());
                Set<Long> unknown = new HashSet<>(longs(connection, UNKNOWN, List.of(ids, model)));
                transaction.commit();
                return unknown;
            }
        }
    }
}
