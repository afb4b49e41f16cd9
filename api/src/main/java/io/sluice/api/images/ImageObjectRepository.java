package io.sluice.api.images;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import io.sluice.api.http.paging.Page;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds objects of images. Every method blocks, and throws {@link DatabaseUnavailableException}. */
@Singleton
class ImageObjectRepository {

    private static final String OF_OWNER = "select " + ImageObject.COLUMNS
            + " from image_objects join images on id = image_id where id = ? and owner = ?";

    private static final String FIND = OF_OWNER + " and number = ?";

    private static final String LIST = OF_OWNER + " and number > ? order by number limit ?";

    private final Sql sql;

    ImageObjectRepository(Sql sql) {
        this.sql = sql;
    }

    /** An object of the owner's image. */
    Optional<ImageObject> find(UUID image, String owner, int number) {
        return sql.query(
                FIND,
                List.of(image, owner, number),
                rows -> rows.next() ? Optional.of(ImageObject.of(rows)) : Optional.empty());
    }

    /** The page that is asked for, of the owner's image, in the order of the numbers. */
    Page<ImageObject, Integer> page(UUID image, String owner, ImageObjectQuery query) {
        // One more than is shown, to know whether there is a next page.
        return sql.query(
                LIST,
                List.of(image, owner, query.after(), query.limit() + 1),
                rows -> Page.read(rows, query.limit(), ImageObject::of, ImageObject::number));
    }
}
