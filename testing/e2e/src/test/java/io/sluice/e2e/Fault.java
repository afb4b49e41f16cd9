package io.sluice.e2e;

import io.sluice.testkit.Suspension;
import java.util.function.Consumer;

/** Faults of a consumer's surroundings while the api goes on to accept events. */
enum Fault {
    DATABASE_KILLED("waits for database: Connection re", bed -> bed.postgres().kill(), bed -> bed.postgres()
            .start()),
    DATABASE_FROZEN("PostgreSQL ", bed -> new Suspension(bed.postgres().process()).begin(), bed -> new Suspension(
                    bed.postgres().process())
            .end()),
    DATABASE_OUT_OF_CONNECTIONS(
            "waits for database: 53300",
            bed -> bed.administer("alter role sluice connection limit 0", Sessions.END),
            bed -> bed.administer("alter role sluice connection limit -1")),
    DATABASE_READ_ONLY(
            "waits for database: 25006",
            bed -> bed.administer("alter system set default_transaction_read_only = on", "select pg_reload_conf()"),
            bed -> bed.administer("alter system reset default_transaction_read_only", "select pg_reload_conf()")),
    RIGHTS_REVOKED(
            "waits for database: 42501",
            bed -> bed.administer("revoke insert on messages from sluice"),
            bed -> bed.administer("grant insert on messages to sluice")),
    SCHEMA_OLDER(
            "waits for database: 42703",
            bed -> bed.administer("alter table messages rename column traceparent to later"),
            bed -> bed.administer("alter table messages rename column later to traceparent")),
    PASSWORD_CHANGED(
            "waits for database: 28P01",
            bed -> bed.administer("alter role sluice password 'other'", Sessions.END),
            bed -> bed.administer("alter role sluice password 'sluice'")),
    DATABASE_CUT_OFF("waits for database: Connection re", bed -> bed.database().cut(), bed -> bed.database()
            .heal()),
    DATABASE_SILENT(
            "PostgreSQL ", bed -> bed.database().stall(), bed -> bed.database().heal()),
    KAFKA_CUT_OFF("topics", bed -> bed.kafkaOfConsumer().cut(), bed -> bed.kafkaOfConsumer()
            .heal()),
    KAFKA_SILENT("topics", bed -> bed.kafkaOfConsumer().stall(), bed -> bed.kafkaOfConsumer()
            .heal()),
    DATABASE_FAILED_OVER("waits for database: Connection re", Testbed::failOver, Testbed::switchDatabase);

    private static final class Sessions {
        static final String END = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'sluice'";
    }

    private final String reason;
    private final Consumer<Testbed> infliction;
    private final Consumer<Testbed> remedy;

    Fault(String reason, Consumer<Testbed> infliction, Consumer<Testbed> remedy) {
        this.reason = reason;
        this.infliction = infliction;
        this.remedy = remedy;
    }

    /** A piece of what the consumer's readiness says about it. */
    String reason() {
        return reason;
    }

    /** True if the broker may have to divide partitions anew. */
    boolean mayRebalance() {
        return this == KAFKA_CUT_OFF || this == KAFKA_SILENT;
    }

    void inflict(Testbed testbed) {
        infliction.accept(testbed);
    }

    void heal(Testbed testbed) {
        remedy.accept(testbed);
    }
}
