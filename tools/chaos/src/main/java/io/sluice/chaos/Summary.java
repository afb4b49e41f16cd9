package io.sluice.chaos;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report in a few lines of text. */
final class Summary {

    private static final int EXAMPLES = 3;

    private Summary() {}

    static String of(Report report) {
        StringBuilder text = new StringBuilder();
        line(text, "seed", Long.toString(report.seed()));
        line(text, "faults", faults(report));
        line(
                text,
                "acknowledged",
                "%,d events of %d keys, %,d changes of tasks, %,d images"
                        .formatted(report.acknowledged(), report.keys(), report.changes(), report.images()));
        line(text, "stored", "%,d rows".formatted(report.stored()));
        line(text, "retried", retries(report));
        line(text, "longest recovery", report.slowest().map(Summary::recovery).orElse("none"));
        line(text, "the promise", report.promiseHolds() ? "holds" : "IS BROKEN");
        report.violationsByRule().forEach((rule, count) -> {
            line(text, "  " + words(rule), "broken %,d times".formatted(count));
            examples(report, rule).forEach(example -> line(text, "", example));
        });
        return text.toString();
    }

    private static String faults(Report report) {
        return report.incidents().size() + ": "
                + report.faultsByType().entrySet().stream()
                        .map(type -> type.getValue() + " " + type.getKey().label())
                        .collect(Collectors.joining(", "));
    }

    private static String retries(Report report) {
        return report.retries().isEmpty()
                ? "nothing"
                : report.retries().entrySet().stream()
                        .map(reason -> "%,d times: %s".formatted(reason.getValue(), reason.getKey()))
                        .sorted()
                        .collect(Collectors.joining("; "));
    }

    private static String recovery(Incident slowest) {
        return String.format(Locale.ROOT, "%.1f s, after %s", slowest.recovery(), slowest.fault());
    }

    private static String words(Violation.Rule rule) {
        return rule.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static List<String> examples(Report report, Violation.Rule rule) {
        return report.violations().stream()
                .filter(violation -> violation.rule() == rule)
                .limit(EXAMPLES)
                .map(Violation::detail)
                .toList();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("%-17s %s%n".formatted(name, value));
    }
}
