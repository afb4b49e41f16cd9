package io.sluice.provisioning;

/**
 * One line of a {@link Plan}.
 *
 * @param kind what is done
 * @param subject what it is done to, as in {@code topic messages}
 * @param detail the rest, for people
 */
public record Step(Kind kind, String subject, String detail) {

    /** What is done to a topic, to the database or to a table. */
    public enum Kind {
        /** A topic that was not there is made. */
        CREATE("created", "would create"),
        /** A setting of a topic gets the value it has to have. */
        CORRECT("corrected", "would correct"),
        /** A topic gets more partitions. */
        EXTEND("extended", "would extend"),
        /** A migration of the database schema is run. */
        MIGRATE("migrated", "would migrate"),
        /** Rows that have been kept for long enough are deleted. */
        DELETE("deleted", "would delete"),
        /** All is as it has to be. */
        UNCHANGED("unchanged", "unchanged"),
        /** Something is not as asked for, or has a consequence; it is left to people. */
        WARNING("warning", "warning");

        private final String done;
        private final String announced;

        Kind(String done, String announced) {
            this.done = done;
            this.announced = announced;
        }

        /** Whether a step of this kind changes anything. */
        public boolean isChange() {
            return switch (this) {
                case CREATE, CORRECT, EXTEND, MIGRATE, DELETE -> true;
                case UNCHANGED, WARNING -> false;
            };
        }

        String word(Plan.Mode mode) {
            return switch (mode) {
                case CARRY_OUT -> done;
                case DRY_RUN -> announced;
            };
        }
    }
}
