package io.sluice.provisioning;

/** Retention of a table: the rows that expire, and the column that their age counts from. */
enum RetentionPolicy {
    /** All rows. An event that is sent again after its row was deleted is stored again. */
    MESSAGES("messages", "stored_at", "true"),
    /** Resolved dead letters, with their attempts and actions. Unresolved ones never expire. */
    RESOLVED_DEAD_LETTERS("dead_letters", "resolved_at", "state = 'resolved'"),
    /** All rows: the events that they were made of are gone then, too. */
    TASK_ACTIVITY("task_activity", "stored_at", "true"),
    /** Idempotency keys of tasks. A key that is sent again after that makes another task; tasks themselves never expire. */
    TASK_CREATIONS("task_creations", "created_at", "true"),
    /** Jobs that are done or given up; the others never expire. */
    FINISHED_JOBS("jobs", "finished_at", "finished_at is not null"),
    /** Replays that have ended; the others never expire. */
    ENDED_REPLAYS("replays", "ended_at", "ended_at is not null");

    private final String table;
    private final String since;
    private final String condition;

    RetentionPolicy(String table, String since, String condition) {
        this.table = table;
        this.since = since;
        this.condition = condition;
    }

    String table() {
        return table;
    }

    /** The column that the age counts from. */
    String since() {
        return since;
    }

    /** Statement that counts the rows from before a time. */
    String count() {
        return sql("select count(*) from {table} where {since} < ? and {condition}");
    }

    /**
     * Statement that deletes the oldest rows and returns their number and the time of the last one. Its parameters are
     * the last time of the previous batch, the time before which rows expire, and the batch size.
     *
     * <p>It continues from the previous batch: from the beginning it would read over the deleted rows each time, for as
     * long as any older transaction prevents their cleanup. A row is found again by its ctid, because any index would
     * be read at as many places as there are rows; if it has moved, the conditions are evaluated again.
     */
    String delete() {
        return sql(
                """
                with batch as (
                    select ctid, {since} from {table}
                    where {since} >= ? and {since} < ? and {condition}
                    order by {since}
                    limit ?),
                deleted as (
                    delete from {table}
                    where ctid = any (array (select ctid from batch)) and {condition}
                    returning {since})
                select count(*), max({since}) from deleted
                """);
    }

    private String sql(String template) {
        return template.replace("{table}", table).replace("{since}", since).replace("{condition}", condition);
    }
}
