package io.sluice.api.images;

import io.sluice.api.database.DatabaseUnavailableException;
import io.sluice.api.database.Sql;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads how many images were analysed, and how many objects were found in them. The consumer counts them from their events; so this is a
 * moment behind.
 */
@Singleton
class ImageStatistics {

    /** The total comes first, and there is one even where there is no day: both are of one snapshot. */
    private static final String READ =
            """
            select day, coalesce(sum(images), 0)::bigint as images, coalesce(sum(objects), 0)::bigint as objects
              from image_statistics
             where owner = ?
             group by grouping sets ((), (day))
            having grouping(day) = 1 or day between ? and ?
             order by grouping(day) desc, day desc""";

    private final Sql sql;
    private final Clock clock;

    ImageStatistics(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Counts of a day.
     *
     * @param day in UTC
     * @param images number of analyses that succeeded
     * @param objects number of objects that they have found
     */
    record Day(LocalDate day, long images, long objects) {}

    /**
     * Counts of an owner.
     *
     * @param images number of analyses that succeeded, ever
     * @param objects number of objects that they have found
     * @param days those on which there was one, newest first
     */
    record Counts(long images, long objects, List<Day> days) {}

    /**
     * Reads the counts of an owner; blocks.
     *
     * @param days number of days that are told of one by one, up to today; 1 or more
     * @throws DatabaseUnavailableException if PostgreSQL does not answer
     */
    Counts read(String owner, int days) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return sql.query(READ, List.of(owner, today.minusDays(days - 1L), today), ImageStatistics::counts);
    }

    private static Counts counts(ResultSet rows) throws SQLException {
        rows.next();
        long images = rows.getLong("images");
        long objects = rows.getLong("objects");
        List<Day> days = new ArrayList<>();
        while (rows.next()) {
            days.add(new Day(rows.getObject("day", LocalDate.class), rows.getLong("images"), rows.getLong("objects")));
        }
        return new Counts(images, objects, days);
    }
}
