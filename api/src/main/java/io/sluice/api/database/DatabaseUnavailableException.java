package io.sluice.api.database;

import java.sql.SQLException;

/** PostgreSQL does not do what it is asked for. The message has its reason, which names no secret. */
public final class DatabaseUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** For this reason. */
    public DatabaseUnavailableException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
