package io.sluice.testkit;

import io.sluice.contract.Event;
import io.sluice.contract.Fingerprint;
import io.sluice.settings.DatabaseUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Direct access to the table {@code messages}.
 *
 * @param databaseUrl as in {@link io.sluice.settings.Setting#DATABASE_URL}
 */
public record Messages(String databaseUrl) {

    /**
     * One row.
     *
     * @param event as it was sent
     * @param fingerprint as it is stored
     * @param seq order of insertion
     * @param storedAt by the server's clock
     */
    public record Row(Event event, Fingerprint fingerprint, long seq, Instant storedAt) {}

    /** The row with this id. */
    public Optional<Row> find(UUID id) {
        return query("select * from messages where id = ?", statement -> {
            statement.setObject(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(row(rows)) : Optional.empty();
            }
        });
    }

    /** The rows with these ids, in the order of insertion. */
    public List<Row> find(List<UUID> ids) {
        return query("select * from messages where id = any(?) order by seq", statement -> {
            statement.setArray(1, statement.getConnection().createArrayOf("uuid", ids.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                List<Row> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(row(rows));
                }
                return found;
            }
        });
    }

    /** The number of rows. */
    public long count() {
        return query("select count(*) from messages", statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    /** Deletes all rows. */
    public void truncate() {
        query("truncate messages", PreparedStatement::execute);
    }

    private static Row row(ResultSet row) throws SQLException {
        Event event = new Event(
                row.getObject("id", UUID.class),
                row.getString("type"),
                row.getString("key"),
                row.getString("subject"),
                instant(row, "time"),
                row.getString("caller"),
                row.getString("owner"),
                row.getString("traceparent"),
                row.getBytes("payload"));
        return new Row(
                event, Fingerprint.ofBytes(row.getBytes("fingerprint")), row.getLong("seq"), instant(row, "stored_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    @FunctionalInterface
    private interface Query<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    /** Without DriverManager, which does not find the drivers of every class loader. */
    private Connection connect() throws SQLException {
        DatabaseUrl url = DatabaseUrl.parse(databaseUrl);
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url.jdbcUrl());
        return dataSource.getConnection(url.user(), url.password());
    }

    private <T> T query(String sql, Query<T> query) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return query.run(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
