package io.sluice.consumer.intake;

import java.sql.SQLException;
import java.util.stream.Stream;

/**
 * Some events cannot be stored together, this time, while the database is well: because of how many they are, or of something among
 * them. It is no reason to give an event up, because somebody may mend a trigger, a handler or a limit.
 *
 * @param cause what went wrong, in a few words; without the message, which a trigger or a handler may have made of a payload
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
