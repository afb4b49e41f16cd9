package io.sluice.api.images;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.RowAwaiter;
import io.sluice.api.database.Sql;
import io.sluice.api.http.paging.Cursor;
import io.sluice.api.http.paging.Page;
import io.sluice.api.http.paging.StatusListQuery;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

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

    /** Finds the images of these, whoever's, whose analysis has ended, or that are gone. */
    Set<UUID> settled(Set<UUID> ids) {
        return RowAwaiter.allBut(sql, UNSETTLED, ids);
    }

    /** The page that is asked for, newest first. */
    Page<Image, Cursor> page(String owner, StatusListQuery query) {
        List<Object> parameters = new ArrayList<>(List.of(owner));
        String statement = query.append(LIST, parameters);
        return sql.query(statement, parameters, rows -> Page.read(rows, query.limit(), Image::of, Image::place));
    }
}
