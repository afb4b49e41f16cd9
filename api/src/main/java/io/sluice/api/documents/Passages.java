package io.sluice.api.documents;

import io.sluice.api.http.paging.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of the passages of a document.
 *
 * @param isReady true if the document is; else it has no passages
 * @param revision number of the bytes that they were read in; another one on the next page means that these were replaced
 * @param next ordinal of the last one, or {@code null} if there are no more
 */
record Passages(boolean isReady, List<Passage> items, int revision, @Nullable Integer next) {

    private record Row(String status, int revision, @Nullable Passage passage) {

        static Row of(ResultSet row) throws SQLException {
            Passage passage = row.getObject("id") == null ? null : Passage.of(row);
            return new Row(row.getString("status"), row.getInt("revision"), passage);
        }

        int ordinal() {
            return Objects.requireNonNull(passage).ordinal();
        }
    }

    /** Reads the rows of a document with its passages, for one passage more than are shown; empty if there is no row. */
    static Optional<Passages> read(ResultSet result, int limit) throws SQLException {
        Page<Row, Integer> page = Page.read(result, limit, Row::of, Row::ordinal);
        List<Passage> items =
                page.rows().stream().map(Row::passage).filter(Objects::nonNull).toList();
        return page.rows().stream()
                .findFirst()
                .map(row -> new Passages(row.status().equals(Document.READY), items, row.revision(), page.next()));
    }
}
