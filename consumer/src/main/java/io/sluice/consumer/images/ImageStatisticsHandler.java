package io.sluice.consumer.images;

import io.sluice.consumer.intake.EventHandler;
import io.sluice.consumer.intake.EventPayload;
import io.sluice.consumer.intake.ReceivedEvent;
import io.sluice.contract.Event;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Counts analysed images and their objects by owner and day, from the events that the worker has written, and from no others. */
@Singleton
class ImageStatisticsHandler implements EventHandler {

    private static final String ANALYSED = "image.analysed";

    /** Rows are locked in one order by all consumers, so that none waits for another that waits for it. */
    private static final Comparator<Row> ORDER =
            Comparator.comparing(Row::owner).thenComparing(Row::day);

    private static final String ADD =
            """
            insert into image_statistics (owner, day, images, objects)
            select * from unnest(?::text[], ?::date[], ?::bigint[], ?::bigint[])
            on conflict (owner, day) do update
               set images = image_statistics.images + excluded.images,
                   objects = image_statistics.objects + excluded.objects""";

    /** Key of a row. */
    private record Row(String owner, LocalDate day) {}

    private record Counts(long images, long objects) {

        Counts plus(Counts other) {
            return new Counts(images + other.images, objects + other.objects);
        }
    }

    @Override
    public void handle(Connection connection, List<ReceivedEvent> stored) throws SQLException {
        Map<Row, Counts> counts = Map.of();
        for (ReceivedEvent received : stored) {
            Event event = received.event();
            if (event.isOfFeature() && event.type().equals(ANALYSED)) {
                if (counts.isEmpty()) {
                    counts = new TreeMap<>(ORDER);
                }
                EventPayload payload = EventPayload.of(event);
                LocalDate day = event.time().atOffset(ZoneOffset.UTC).toLocalDate();
                counts.merge(new Row(payload.owner(), day), new Counts(1, payload.number("objects")), Counts::plus);
            }
        }
        if (!counts.isEmpty()) {
            add(connection, List.copyOf(counts.entrySet()));
        }
    }

    private static void add(Connection connection, List<Map.Entry<Row, Counts>> counts) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            set(add, 1, "text", counts, entry -> entry.getKey().owner());
            set(add, 2, "date", counts, entry -> entry.getKey().day().toString());
            set(add, 3, "bigint", counts, entry -> entry.getValue().images());
            set(add, 4, "bigint", counts, entry -> entry.getValue().objects());
            add.executeUpdate();
        }
    }

    private static void set(
            PreparedStatement add,
            int parameter,
            String type,
            List<Map.Entry<Row, Counts>> counts,
            Function<Map.Entry<Row, Counts>, ?> column)
            throws SQLException {
        Object[] values = counts.stream().map(column).toArray();
        add.setArray(parameter, add.getConnection().createArrayOf(type, values));
    }
}
