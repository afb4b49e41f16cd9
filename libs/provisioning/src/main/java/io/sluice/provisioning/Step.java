package io.sluice.provisioning;

/**
 * One line of a {@link Plan}.
 *
 * @param kind of step
 * @param subject of the step, as in {@code topic messages}
 * @param detail the rest, for people
 */
public record Step(Kind kind, String subject, String detail) {

    /** Kinds of steps, on a topic, the database or a table. */
    public enum Kind {
        /** A missing topic is created. */
        CREATE("created", "would create"),
        /** A setting of a topic is set to the required value. */
        CORRECT("corrected", "would correct"),
        /** Partitions are added to a topic. */
        EXTEND("extended", "would extend"),
        /** A migration of the database schema is run. */
        MIGRATE("migrated", "would migrate"),
        /** Expired rows are deleted. */
        DELETE("deleted", "would delete"),
        /** Nothing has to be changed. */
        UNCHANGED("unchanged", "unchanged"),
        /** A difference that is left to the operator, or a consequence of a change. */
        WARNING("warning", "warning");

        private final String done;
        private final String announced;

        Kind(String done, String announced) {
            this.done = done;
            this.announced = announced;
        }

        /** True if a step of this kind changes anything. */
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
