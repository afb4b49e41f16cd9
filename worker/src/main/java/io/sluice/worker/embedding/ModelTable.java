package io.sluice.worker.embedding;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table {@code embedding_models}, and vectors that nobody needs any more. The transaction is the caller's. */
final class ModelTable {

    /** Documents whose vectors are deleted in a transaction. */
    private static final int PIECE = 200;

    private static final String SEEN =
            """
            insert into embedding_models (model, seen_at) values (?, now())
            on conflict (model) do update set seen_at = excluded.seen_at""";

    /** Three times the time between what a worker says, so that one that is slow is not taken for gone. */
    private static final String IS_ANOTHER_SEEN =
            "select exists (select from embedding_models where model <> ? and seen_at > now() - interval '45 seconds')";

    /** Time for which workers of a model may be away before its vectors are deleted: longer than a rollout takes that goes wrong and is undone. */
    private static final String UNUSED =
            "select model from embedding_models where model <> ? and seen_at < now() - interval '1 hour'";

    private static final String DELETE_VECTORS =
            """
            delete from passage_vectors where model = ? and document_id in (
                select document_id from passage_vectors where model = ? group by document_id limit %d)"""
                    .formatted(PIECE);

    private static final String DELETE_LEASES = "delete from embedding_leases where model = ?";

    private static final String DELETE = "delete from embedding_models where model = ?";

    /**
     * Says that there is a worker that has the model.
     *
     * @return number of rows, 1
     */
    int see(Connection transaction, String model) throws SQLException {
        return execute(transaction, SEEN, model);
    }

    /** True if there are workers that have another model. */
    boolean isAnotherSeen(Connection transaction, String present) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(IS_ANOTHER_SEEN)) {
            select.setString(1, present);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Models that no worker has had for an hour, but for this one. */
    List<String> unused(Connection transaction, String present) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(UNUSED)) {
            select.setString(1, present);
            try (ResultSet rows = select.executeQuery()) {
                List<String> unused = new ArrayList<>();
                while (rows.next()) {
                    unused.add(rows.getString("model"));
                }
                return unused;
            }
        }
    }

    /**
     * Deletes some vectors of a model, and the model with the last ones.
     *
     * @return number of rows; 0 if none is left
     */
    int delete(Connection transaction, String model) throws SQLException {
        int deleted = execute(transaction, DELETE_VECTORS, model, model);
        if (deleted == 0) {
            execute(transaction, DELETE_LEASES, model);
            execute(transaction, DELETE, model);
        }
        return deleted;
    }

    private static int execute(Connection transaction, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }
}
