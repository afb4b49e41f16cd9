package io.sluice.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.chaos.Violation.Rule;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Verifies the rows of the table, as they are read one after the other, against what was sent. */
final class RowVerifier implements Database.RowReader {

    private static final Pattern NUMBER = Pattern.compile("\"number\": (\\d{1,9}),");

    private final Map<String, Progress> progresses = new HashMap<>();
    private final Consumer<Violation> violations;

    RowVerifier(List<Sent> sent, Consumer<Violation> violations) {
        sent.forEach(it -> progresses.put(it.series().name(), new Progress(it)));
        this.violations = violations;
    }

    /**
     * A client's knowledge of a series.
     *
     * @param series of the client
     * @param sent number of the last event that was sent
     * @param acknowledged number of the last event that was acknowledged, as all before it were
     */
    record Sent(Series series, int sent, int acknowledged) {}

    /** Progress of reading the rows of a series. */
    private static final class Progress {
        private final Sent sent;
        private final BitSet seen = new BitSet();
        private int last;

        Progress(Sent sent) {
            this.sent = sent;
        }
    }

    @Override
    public void read(UUID id, String key, byte[] payload) {
        Progress progress = progresses.get(key);
        int number = number(payload);
        if (progress == null || number < 1 || number > progress.sent.sent()) {
            report(Rule.NOTHING_IS_MADE_UP, "the row " + id + " with key " + key + " was sent by nobody");
            return;
        }
        Series series = progress.sent.series();
        String event = series.idempotencyKey(number);
        if (progress.seen.get(number)) {
            report(Rule.NOTHING_IS_STORED_TWICE, event + " is stored twice");
        } else if (!id.equals(series.id(number)) || !Arrays.equals(payload, series.payload(number))) {
            report(Rule.BYTES_STAY_AS_THEY_WERE_SENT, event + " was changed");
        } else if (number < progress.last) {
            report(Rule.ORDER_OF_A_KEY_STAYS, event + " is stored after number " + progress.last);
        }
        progress.seen.set(number);
        progress.last = number;
    }

    private static int number(byte[] payload) {
        Matcher matcher = NUMBER.matcher(new String(payload, UTF_8));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /**
     * Verifies, after all rows were read, that none is missing.
     *
     * @param counts the handler's count of each key
     */
    void end(Map<String, Integer> counts) {
        progresses.forEach((key, progress) -> {
            Series series = progress.sent.series();
            for (int number = progress.seen.nextClearBit(1);
                    number <= progress.sent.acknowledged();
                    number = progress.seen.nextClearBit(number + 1)) {
                report(Rule.NOTHING_IS_LOST, series.idempotencyKey(number) + " was acknowledged and is not stored");
            }
            int counted = counts.getOrDefault(key, 0);
            if (counted != progress.seen.cardinality()) {
                report(
                        Rule.HANDLERS_TAKE_EFFECT_ONCE,
                        "the handler has counted %d events of %s, of which %d are stored"
                                .formatted(counted, key, progress.seen.cardinality()));
            }
        });
        counts.keySet().stream()
                .filter(key -> !progresses.containsKey(key))
                .forEach(key ->
                        report(Rule.NOTHING_IS_MADE_UP, "the handler has counted the key " + key + ", sent by nobody"));
    }

    private void report(Rule rule, String detail) {
        violations.accept(new Violation(rule, detail));
    }
}
