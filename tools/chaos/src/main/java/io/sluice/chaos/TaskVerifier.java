package io.sluice.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.chaos.Violation.Rule;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Verifies the events of tasks, as they are read one after the other, against the changes that were acknowledged. */
final class TaskVerifier implements Database.RowReader {

    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d{1,9}),");

    private final Map<String, Versions> tasks = new HashMap<>();
    private final Consumer<Violation> violations;

    /**
     * Verifies these tasks.
     *
     * @param versions the last version of each that was acknowledged, as all before it were
     */
    TaskVerifier(Map<UUID, Integer> versions, Consumer<Violation> violations) {
        versions.forEach((task, version) -> tasks.put(task.toString(), new Versions(version, new BitSet())));
        this.violations = violations;
    }

    /** Versions of a task: the last one that was acknowledged, and those whose events were read. */
    private record Versions(int acknowledged, BitSet stored) {

        int lastStored() {
            return stored.length() - 1;
        }
    }

    @Override
    public void read(UUID id, String key, byte[] payload) {
        Matcher matcher = VERSION.matcher(new String(payload, UTF_8));
        int version = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        Versions versions = tasks.get(key);
        if (versions == null || version < 1 || version > versions.acknowledged()) {
            report(Rule.NOTHING_IS_MADE_UP, "the row " + id + " of the task " + key + " is of no change of it");
            return;
        }
        if (versions.stored().get(version)) {
            report(Rule.NOTHING_IS_STORED_TWICE, change(key, version) + " is stored twice");
        } else if (version < versions.lastStored()) {
            report(
                    Rule.ORDER_OF_A_KEY_STAYS,
                    change(key, version) + " is stored after version " + versions.lastStored());
        }
        versions.stored().set(version);
    }

    /**
     * Verifies, after all rows were read, that none is missing.
     *
     * @param activity number of versions of each task in its history
     * @param counts the handler's count of each key
     */
    void end(Map<String, Integer> activity, Map<String, Integer> counts) {
        tasks.forEach((task, versions) -> {
            BitSet stored = versions.stored();
            for (int version = stored.nextClearBit(1);
                    version <= versions.acknowledged();
                    version = stored.nextClearBit(version + 1)) {
                report(Rule.NOTHING_IS_LOST, change(task, version) + " was acknowledged and its event is not stored");
            }
            int events = stored.cardinality();
            reportUnlessEqual("history has", activity.getOrDefault(task, 0), task, events);
            reportUnlessEqual("the handler has counted", counts.getOrDefault(task, 0), task, events);
        });
    }

    private void reportUnlessEqual(String what, int found, String task, int events) {
        if (found != events) {
            report(
                    Rule.HANDLERS_TAKE_EFFECT_ONCE,
                    "%s %d changes of the task %s, of which %d are stored".formatted(what, found, task, events));
        }
    }

    private static String change(String task, int version) {
        return "version %d of the task %s".formatted(version, task);
    }

    private void report(Rule rule, String detail) {
        violations.accept(new Violation(rule, detail));
    }
}
