package io.sluice.provisioning;

/** Which rows are kept for a time, and by which column it counts. */
enum RetentionPolicy {
    /** All of them: an event that is sent again after its row is gone would be stored again. */
    MESSAGES("messages", "stored_at", "true"),
    /** With their attempts and actions. What nobody has resolved is kept, however old it is. */
    RESOLVED_DEAD_LETTERS("dead_letters", "resolved_at", "state = 'resolved'");

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

    /** The column that the time counts from. */
    String since() {
        return since;
    }

    /** Counts the rows from before a time. */
    String count() {
        return sql("select count(*) from {table} where {since} < ? and {condition}");
    }

    /**
     * Deletes some rows, the oldest first, and returns how many, and the last one's time. Its parameters are the last one's time of
     * the batch before, the time before which rows are deleted, and how many at most.
     *
     * <p>It begins where the batch before has ended: from the beginning, it would read over what is deleted, again each time, while
     * any older transaction keeps that from being cleaned up. A row is found again by its place, because any index on the way would
     * be read at as many places as there are rows; should it have moved, the conditions are looked at anew.
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
