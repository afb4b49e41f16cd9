package io.sluice.provisioning;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The steps of provisioning in their order; in a dry run, those that it would take. Steps are added as they are done,
 * so that after a failure the plan shows how far provisioning got. Not thread-safe.
 */
public final class Plan {

    /** Mode of the run: steps are done, or only written down. */
    public enum Mode {
        /** Each step is done. */
        CARRY_OUT,
        /** Nothing is changed. */
        DRY_RUN
    }

    private final Mode mode;
    private final List<Step> steps = new ArrayList<>();

    /** An empty plan. */
    public Plan(Mode mode) {
        this.mode = mode;
    }

    /** Mode of the run: steps are done, or only written down. */
    public Mode mode() {
        return mode;
    }

    /** The steps so far. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /** The changes so far. */
    public List<Step> changes() {
        return steps.stream().filter(step -> step.kind().isChange()).toList();
    }

    /**
     * Makes a change, unless this is a dry run, and adds it to the plan.
     *
     * @param change returns whether this call made the change; another process may have been faster
     * @return whether the change is in the plan
     */
    boolean change(Step step, BooleanSupplier change) {
        boolean own = mode == Mode.DRY_RUN || change.getAsBoolean();
        if (own) {
            steps.add(step);
        }
        return own;
    }

    void note(Step step) {
        steps.add(step);
    }

    /** The plan for people: a line for each step, in columns, and a summary; without a trailing line break. */
    @Override
    public String toString() {
        int words = width(steps.stream().map(step -> step.kind().word(mode)).toList());
        int subjects = width(steps.stream().map(Step::subject).toList());
        String columns = "%-" + words + "s  %-" + subjects + "s  %s%n";
        StringBuilder lines = new StringBuilder();
        for (Step step : steps) {
            lines.append(columns.formatted(step.kind().word(mode), step.subject(), step.detail()));
        }
        return lines.append(summary()).toString();
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(1);
    }

    private String summary() {
        int changes = changes().size();
        String count = changes == 1 ? "1 change" : changes + " changes";
        return switch (mode) {
            case CARRY_OUT -> changes == 0 ? "Nothing was to do." : count + " made.";
            case DRY_RUN -> "Dry run: " + (changes == 0 ? "nothing is to do." : count + " would be made.");
        };
    }
}
