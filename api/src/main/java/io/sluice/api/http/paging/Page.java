package io.sluice.api.http.paging;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next where the following page begins, or {@code null} if there is none
 * @param <T> a row
 * @param <P> its place in the list
 */
public record Page<T, P>(List<T> rows, @Nullable P next) {

    /** Reads a row. */
    @FunctionalInterface
    public interface Reader<T> {
        /** Makes something of the row that the result is at. */
        T read(ResultSet row) throws SQLException;
    }

    /** Reads the rows of a query for one more than are shown. */
    public static <T, P> Page<T, P> read(ResultSet result, int limit, Reader<T> reader, Function<T, P> place)
            throws SQLException {
        List<T> rows = new ArrayList<>();
        while (result.next()) {
            if (rows.size() == limit) {
                return new Page<>(rows, place.apply(rows.get(limit - 1)));
            }
            rows.add(reader.read(result));
        }
        return new Page<>(rows, null);
    }
}
