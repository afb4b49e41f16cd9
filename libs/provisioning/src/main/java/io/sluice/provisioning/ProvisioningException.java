package io.sluice.provisioning;

import org.jspecify.annotations.Nullable;

/** Provisioning had to give up. The message says where and why, for people, and holds no secret. */
public final class ProvisioningException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Where provisioning had to give up. */
    public enum Component {
        /** Kafka was not reached in time, or refused. */
        KAFKA,
        /** PostgreSQL was not reached in time, refused, or was lost on the way. */
        DATABASE,
        /** PostgreSQL is there, but the database cannot have the schema, or it cannot be brought to this program's version. */
        MIGRATION
    }

    private final Component component;

    ProvisioningException(Component component, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.component = component;
    }

    /** Where provisioning had to give up. */
    public Component component() {
        return component;
    }
}
