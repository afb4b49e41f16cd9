package io.sluice.consumer.intake;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The database, while healthy, rejects a batch with a SQLSTATE that an event can cause.
 *
 * @param state the SQLSTATE
 * @param detail one sentence for people; without the server's message, which quotes values
 */
record Rejection(String state, String detail) implements StoreResult {

    static Rejection of(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return new Rejection(state, "PostgreSQL refuses it with SQLSTATE " + state + constraint(failure));
    }

    private static String constraint(SQLException failure) {
        ServerErrorMessage message = failure instanceof PSQLException e ? e.getServerErrorMessage() : null;
        String constraint = message == null ? null : message.getConstraint();
        return constraint == null ? "" : ", constraint " + constraint;
    }
}
