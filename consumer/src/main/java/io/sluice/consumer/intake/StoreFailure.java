package io.sluice.consumer.intake;

import java.sql.SQLException;
import java.util.stream.Stream;

/**
 * A batch cannot be stored this time although the database is healthy, because of its size or of an event in it. No
 * event is rejected for it, because a trigger, a handler or a limit can be repaired.
 *
 * @param cause the cause in a few words; without the message, which a trigger or a handler may have made from a payload
 */
record StoreFailure(String cause) implements StoreResult {

    static StoreFailure of(Throwable failure) {
        if (failure instanceof SQLException sql) {
            return new StoreFailure("SQLSTATE " + sql.getSQLState());
        }
        String place = Stream.of(failure.getStackTrace())
                .findFirst()
                .map(frame -> " at " + frame)
                .orElse("");
        return new StoreFailure(failure.getClass().getName() + place);
    }
}
