package io.sluice.api.images;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.api.http.paging.Cursor;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds images, of one owner each time. Every method blocks, and throws {@link DatabaseUnavailableException}. */
@Singleton
class ImageRepository {

    private static final String FIND = "select " + Image.COLUMNS + " from images where id = ? and owner = ?";

    private static final String LIST = "select " + Image.COLUMNS + " from images where owner = ?";

    private static final String UNSETTLED =
            "select id from images where id = any (?) and status in ('queued', 'running')";

    private final Sql sql;

    ImageRepository(Sql sql) {
        this.sql = sql;
    }

    /** The owner's image. */
    Optional<Image> find(UUID id, String owner) {
        return sql.query(
                FIND, List.of(id, owner), rows -> rows.next() ? Optional.of(Image.of(rows)) : Optional.empty());
    }

    /** Those of the images, whoever's, whose analysis has ended, or that are gone. */
    Set<UUID> settled(Set<UUID> ids) {
        Set<UUID> settled = new HashSet<>(ids);
        settled.removeAll(sql.query(UNSETTLED, List.of((Object) settled.toArray(UUID[]::new)), rows -> {
            Set<UUID> unsettled = new HashSet<>();
            while (rows.next()) {
                unsettled.add(rows.getObject("id", UUID.class));
            }
            return unsettled;
        }));
        return settled;
    }

    /**
     * A page of a list.
     *
     * @param images newest first
     * @param next where the following page begins, or {@code null} if there is none
     */
    record Page(List<Image> images, @Nullable Cursor next) {}

    /** The page that is asked for. */
    Page page(String owner, ImageListQuery query) {
        StringBuilder statement = new StringBuilder(LIST);
        List<Object> parameters = new ArrayList<>(List.of(owner));
        if (query.status() != null) {
            statement.append(" and status = ?");
            parameters.add(query.status());
        }
        if (query.since() != null) {
            statement.append(" and created_at >= ?");
            parameters.add(query.since());
        }
        if (query.after() != null) {
            statement.append(" and (created_at, seq) < (?, ?)");
            parameters.add(query.after().storedAt());
            parameters.add(query.after().seq());
        }
        statement.append(" order by created_at desc, seq desc limit ?");
        // One more than is shown, to know whether there is a next page.
        parameters.add(query.limit() + 1);
        return sql.query(statement.toString(), parameters, rows -> page(rows, query.limit()));
    }

    private static Page page(ResultSet rows, int limit) throws SQLException {
        List<Image> images = new ArrayList<>();
        while (rows.next()) {
            if (images.size() == limit) {
                return new Page(images, images.get(limit - 1).place());
            }
            images.add(Image.of(rows));
        }
        return new Page(images, null);
    }
}
