package io.sluice.api.messages;

import java.sql.SQLException;

/** PostgreSQL cannot be read from. The message has its reason, which names no secret. */
final class DatabaseUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseUnavailableException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
