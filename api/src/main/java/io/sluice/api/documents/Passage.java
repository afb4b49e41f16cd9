package io.sluice.api.documents;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A passage of a document.
 *
 * @param id never used again, not even for the same passage of the same bytes
 * @param ordinal 1, 2, …, as they stand in the document
 * @param page from 1 on, or {@code null} where there are no pages
 * @param heading what stands over it, or {@code null}
 */
record Passage(long id, int ordinal, @Nullable Integer page, @Nullable String heading, String text) {

    static Passage of(ResultSet row) throws SQLException {
        return new Passage(
                row.getLong("id"),
                row.getInt("ordinal"),
                row.getObject("page", Integer.class),
                row.getString("heading"),
                row.getString("text"));
    }
}
