package io.sluice.initjob;

import io.sluice.provisioning.ProvisioningException;

/** What the process ends with. The numbers are part of its interface and never change. */
enum ExitCode {
    /** All is as it has to be; under a dry run, it is known what is to be done. */
    DONE(0, "done"),
    /** Something that nobody foresaw: a fault of the program. */
    UNFORESEEN(1, "an unforeseen failure"),
    /** A setting or an argument is wrong; doing it again is of no use. */
    CONFIGURATION(2, "a wrong setting or argument"),
    /** Kafka was not reached in time, or refused. */
    KAFKA(3, "Kafka was not reached in time, or refused"),
    /** PostgreSQL was not reached in time, refused, or was lost on the way. */
    DATABASE(4, "PostgreSQL was not reached in time, or refused"),
    /** The database cannot have the schema, or it cannot be brought to this program's version; somebody has to look at it. */
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

    /** The meaning for people, to be put behind the number. */
    String meaning() {
        return meaning;
    }
}
