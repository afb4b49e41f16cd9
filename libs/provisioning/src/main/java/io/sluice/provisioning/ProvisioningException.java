package io.sluice.provisioning;

import org.jspecify.annotations.Nullable;

/** Provisioning failed. The message says where and why, for people, and contains no secret. */
public final class ProvisioningException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Components that provisioning can fail at. */
    public enum Component {
        /** Kafka was not reached in time, or rejected a request. */
        KAFKA,
        /** PostgreSQL was not reached in time, rejected a request, or was lost meanwhile. */
        DATABASE,
        /** PostgreSQL was reached, but the database cannot hold the schema, or the migration failed. */
        MIGRATION
    }

    private final Component component;

    ProvisioningException(Component component, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.component = component;
    }

    /** The component that provisioning failed at. */
    public Component component() {
        return component;
    }
}
