package io.sluice.initjob;

import io.sluice.provisioning.ProvisioningException;

/** Exit codes of the process. The numbers are part of its interface and never change. */
enum ExitCode {
    /** Topics and schema are as required; in a dry run, the plan is known. */
    DONE(0, "done"),
    /** An unexpected failure: a fault of the program. */
    UNFORESEEN(1, "an unforeseen failure"),
    /** A setting or an argument is wrong; a retry is useless. */
    CONFIGURATION(2, "a wrong setting or argument"),
    /** Kafka was not reached in time, or rejected a request. */
    KAFKA(3, "Kafka was not reached in time, or refused"),
    /** PostgreSQL was not reached in time, rejected a request, or was lost meanwhile. */
    DATABASE(4, "PostgreSQL was not reached in time, or refused"),
    /** The database cannot hold the schema, or the migration failed; an operator has to intervene. */
    MIGRATION(5, "the database schema could not be migrated");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    static ExitCode of(ProvisioningException.Component component) {
        return switch (component) {
            case KAFKA -> KAFKA;
            case DATABASE -> DATABASE;
            case MIGRATION -> MIGRATION;
        };
    }

    int number() {
        return number;
    }

    /** The meaning, to be printed behind the number. */
    String meaning() {
        return meaning;
    }
}
