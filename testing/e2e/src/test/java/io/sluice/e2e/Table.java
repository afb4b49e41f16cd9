package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.settings.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The tables of PostgreSQL, read past the api. */
final class Table {

    private final DatabaseUrl url;

    /** The tables of the platform that all tests share. */
    Table() {
        this(Sluice.platform().postgres().url());
    }

    /** The tables of the database at this URL. */
    Table(String databaseUrl) {
        url = DatabaseUrl.parse(databaseUrl);
    }

    /** A row of {@code messages}. */
    record Row(UUID id, byte[] payload, String traceparent) {}

    /** The rows with this subject. */
    List<Row> withSubject(String subject) {
        return rows("subject = ?", subject);
    }

    /** The payloads with this subject by the ids of their events, each of which has to be stored once. */
    Map<UUID, String> payloads(String subject) {
        Map<UUID, String> payloads = new HashMap<>();
        for (Row row : withSubject(subject)) {
            assertThat(payloads.put(row.id(), new String(row.payload(), UTF_8)))
                    .as("stored twice")
                    .isNull();
        }
        return payloads;
    }

    /** The rows with this id: one or none. */
    List<Row> withId(UUID id) {
        return rows("id = ?", id);
    }

    /** All rows of a table as text, and bytes as hexadecimal. */
    String dump(String table) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select string_agg(t::text, ' ') from " + table + " t")) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new AssertionError("PostgreSQL cannot be read", e);
        }
    }

    /** Changes what PostgreSQL takes, each statement by itself. */
    void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError("PostgreSQL cannot be changed", e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
    }

    private List<Row> rows(String condition, Object parameter) {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(
                        "select id, payload, traceparent from messages where " + condition)) {
            select.setObject(1, parameter);
            List<Row> rows = new ArrayList<>();
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    rows.add(new Row(
                            result.getObject("id", UUID.class),
                            result.getBytes("payload"),
                            result.getString("traceparent")));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError("PostgreSQL cannot be read", e);
        }
    }
}
