package io.sluice.api.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** PostgreSQL does not do what it is asked for. The message has its reason, which names no secret. */
public final class DatabaseUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String sqlState;

    /** A failure for this reason. */
    public DatabaseUnavailableException(SQLException cause) {
        super(String.valueOf(cause.getMessage()), cause);
        this.sqlState = cause.getSQLState();
    }

    /** A failure for a reason of this program's own. */
    public DatabaseUnavailableException(String reason) {
        super(reason);
        this.sqlState = null;
    }

    /** The SQLSTATE, or {@code null} if neither the server nor the driver has given one. */
    public @Nullable String sqlState() {
        return sqlState;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
