package io.sluice.consumer.intake;

import java.io.Serial;
import java.sql.SQLException;

/** PostgreSQL has refused to copy events for a reason for which it does not refuse to insert them. */
final class CopyRefusedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    CopyRefusedException(SQLException cause) {
        super(cause);
    }
}
