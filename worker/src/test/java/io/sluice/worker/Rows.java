package io.sluice.worker;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Rows, as a test writes and sees them. */
public record Rows(DataSource pool) {

    /** The first column of each row. */
    public List<String> texts(String query, Object... parameters) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement(query)) {
            set(select, parameters);
            try (ResultSet rows = select.executeQuery()) {
                List<String> texts = new ArrayList<>();
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
                return texts;
            }
        }
    }

    /** The events about a thing that wait to be published: type and payload. */
    public List<String> events(UUID thing) throws SQLException {
        return texts(
                """
                select convert_from(header_values[array_position(header_keys, 'ce_type')], 'UTF8')
                       || ' ' || convert_from(record_value, 'UTF8')
                  from outbox where aggregate = ?::uuid::text order by seq""",
                thing);
    }

    public void execute(String sql, Object... parameters) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            statement.execute();
        }
    }

    private static void set(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }
}
