package io.sluice.worker.storage;

import io.sluice.runtime.database.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** The table {@code storage_installation}: the claim of this database on its storage. */
record InstallationTable(DataSource pool) {

    private static final String INSERT = "insert into storage_installation default values on conflict do nothing";

    /** The low 32 bits of a transaction's id are the {@code xmin} of the rows that it has written. */
    private static final String READ =
            """
            select id, number, xmin::text::numeric = written_by::text::numeric % 4294967296 as original
              from storage_installation""";

    private static final String RENEW =
            """
            update storage_installation set number = number + 1, written_by = pg_current_xact_id()
             where id = ? and number = ?""";

    /**
     * Row of the table.
     *
     * @param number of the last renewal of the claim
     * @param original false if the database is a copy, as a restore makes it, of the one that has written the row
     */
    record Installation(UUID id, long number, boolean original) {}

    /** The row; made if there is none. */
    Installation read() throws SQLException {
        try (Transaction transaction = Transaction.begin(pool)) {
            Connection connection = transaction.connection();
            try (PreparedStatement select = connection.prepareStatement(READ)) {
                Installation installation;
                try (ResultSet row = select.executeQuery()) {
                    if (row.next()) {
                        return of(row);
                    }
                }
                try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                    insert.execute();
                }
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    installation = of(row);
                }
                transaction.commit();
                return installation;
            }
        }
    }

    private static Installation of(ResultSet row) throws SQLException {
        return new Installation(row.getObject("id", UUID.class), row.getLong("number"), row.getBoolean("original"));
    }

    /** Counts a renewal; false if another worker has done so since this was read. */
    boolean renew(Installation installation) throws SQLException {
        try (Transaction transaction = Transaction.begin(pool);
                PreparedStatement update = transaction.connection().prepareStatement(RENEW)) {
            update.setObject(1, installation.id());
            update.setLong(2, installation.number());
            boolean renewed = update.executeUpdate() > 0;
            transaction.commit();
            return renewed;
        }
    }
}
