package io.sluice.provisioning;

import io.sluice.provisioning.ProvisioningException.Component;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a database can hold the schema and that all programs will find it; these faults would otherwise show much
 * later.
 */
final class SchemaCheck {

    /**
     * Tables are created in the first schema of search_path that exists; "$user" stands for one only if it exists. The
     * history of the migrations is in the schema of existing tables, if there are any.
     */
    private static final String QUERY =
            """
            select current_database() as database, current_user as role, current_setting('server_encoding') as encoding,
                current_setting('search_path') as path, current_schema() as schema,
                (select namespace.nspname from pg_class join pg_namespace namespace on namespace.oid = relnamespace
                    where pg_class.oid = to_regclass('flyway_schema_history')) as history,
                (select name from (
                    select place, case trim(entry) when '"$user"' then current_user else trim(entry, ' "') end as name, trim(entry) as entry
                    from unnest(string_to_array(current_setting('search_path'), ',')) with ordinality as path (entry, place)) as named
                    where entry <> '"$user"' or name = current_schema()
                    order by place limit 1) as first
            """;

    private final String database;
    private final String role;
    private final String encoding;
    private final String path;
    private final @Nullable String schema;
    private final @Nullable String history;
    private final @Nullable String first;

    private SchemaCheck(ResultSet found) throws SQLException {
        database = found.getString("database");
        role = found.getString("role");
        encoding = found.getString("encoding");
        path = found.getString("path");
        schema = found.getString("schema");
        history = found.getString("history");
        first = found.getString("first");
    }

    /**
     * Checks the database and the schema in which this role would create tables.
     *
     * @throws ProvisioningException if the check fails, with the remedy
     */
    static void require(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(QUERY)) {
            found.next();
            SchemaCheck check = new SchemaCheck(found);
            check.requireEncoding();
            check.requireFirstSchema();
            check.requireOneSchema();
        }
    }

    private void requireEncoding() {
        if (!encoding.equals("UTF8")) {
            throw refusal(
                    "its encoding is %s, in which not every event can be stored. Make another database (create database … encoding "
                                    .formatted(encoding)
                            + "'UTF8' template template0), and name it in DATABASE_URL");
        }
    }

    private void requireFirstSchema() {
        if (schema == null || !schema.equals(first)) {
            throw refusal(
                    ("search_path of role %s is %s, but its first schema, %s, is not there, or this role may not use it: the "
                                    + "tables would be looked for in it as soon as it is. Make it (create schema %3$s authorization %1$s), or "
                                    + "correct search_path (currentSchema in DATABASE_URL, alter role, alter database)")
                            .formatted(role, path.isEmpty() ? "empty" : path, first == null ? "public" : first));
        }
    }

    private void requireOneSchema() {
        if (history != null && !history.equals(schema)) {
            throw refusal(
                    ("the tables are in schema %s, but search_path of role %s is %s, and schema %s comes first: they would be "
                                    + "made there again, empty. Set search_path to one schema for all programs (alter database %s set "
                                    + "search_path = %1$s, and alter role %2$s reset search_path)")
                            .formatted(history, role, path, schema, database));
        }
    }

    private ProvisioningException refusal(String reason) {
        return new ProvisioningException(Component.MIGRATION, "Database " + database + ": " + reason, null);
    }
}
