package io.sluice.consumer.intake;

import java.io.Serial;
import java.sql.SQLException;

/** Events cannot be copied, since one has the id of an event that is stored, or of another one among them. */
final class DuplicateIdException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    DuplicateIdException(SQLException cause) {
        super(cause);
    }
}
