package io.sluice.consumer.intake;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Makes statements on the table fail. */
@ApplicationScoped
class Faults {

    private final AgroalDataSource pool;

    Faults(AgroalDataSource pool) {
        this.pool = pool;
    }

    /**
     * Runs a piece of PL/pgSQL before each row is inserted.
     *
     * @param condition when this holds of {@code new} and of {@code attempt}, which counts the rows, beginning with 1
     * @param state an expression for the SQLSTATE to fail with
     */
    void failWhen(String condition, String state) {
        create("create trigger fault before insert on messages for each row", condition, state);
    }

    /** The same at the end of the transaction, when everything has been done but to commit. */
    void failWhenDeferred(String condition, String state) {
        create(
                "create constraint trigger fault after insert on messages deferrable initially deferred for each row",
                condition,
                state);
    }

    /**
     * The same for whole statements, after a second that each takes until it fails.
     *
     * @param condition when this holds of the table {@code added}, which has the rows of the statement
     */
    void failSlowlyWhenTogether(String condition, String state) {
        run(
                """
                create sequence fault_attempts;
                create function fault() returns trigger language plpgsql as $$
                begin
                    perform nextval('fault_attempts');
                    if (select %s from added) then
                        perform pg_sleep(1);
                        raise exception 'as the test wants it' using errcode = '%s';
                    end if;
                    return null;
                end $$;
                create trigger fault after insert on messages referencing new table as added
                for each statement execute function fault();
                """
                        .formatted(condition, state));
    }

    private void create(String trigger, String condition, String state) {
        run(
                """
                create sequence fault_attempts;
                create function fault() returns trigger language plpgsql as $$
                declare attempt bigint = nextval('fault_attempts');
                begin
                    if %s then raise exception 'as the test wants it' using errcode = %s; end if;
                    return new;
                end $$;
                %s execute function fault();
                """
                        .formatted(condition, state, trigger));
    }

    /** Number of rows, or statements, that were tried. */
    long attempts() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet value = statement.executeQuery("select last_value from fault_attempts")) {
            value.next();
            return value.getLong(1);
        }
    }

    void mend() {
        run("drop function if exists fault cascade; drop sequence if exists fault_attempts");
    }

    private void run(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
