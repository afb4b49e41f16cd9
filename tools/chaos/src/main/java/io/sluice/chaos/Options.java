package io.sluice.chaos;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param minutes duration of the faults
 * @param seed of the schedule
 * @param rate events a second
 */
record Options(int minutes, long seed, int rate) {

    static final int DEFAULT_MINUTES = 10;
    static final int DEFAULT_RATE = 100;

    private static final int MAX_MINUTES = 1_440;
    private static final int MAX_RATE = 1_000;

    /**
     * Reads {@code [--minutes N] [--seed S] [--rate R]}.
     *
     * @throws IllegalArgumentException whose message is meant for the person who typed it
     */
    static Options parse(List<String> arguments) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        Options options =
                new Options(DEFAULT_MINUTES, ThreadLocalRandom.current().nextInt(100_000), DEFAULT_RATE);
        while (!rest.isEmpty()) {
            String word = rest.pop();
            options = switch (word) {
                case "--minutes" -> new Options(number(word, rest.poll(), 1, MAX_MINUTES), options.seed, options.rate);
                case "--seed" ->
                    new Options(options.minutes, number(word, rest.poll(), 0, Integer.MAX_VALUE), options.rate);
                case "--rate" -> new Options(options.minutes, options.seed, number(word, rest.poll(), 1, MAX_RATE));
                default -> throw new IllegalArgumentException("Unknown: " + word + ". See ./run --help.");
            };
        }
        return options;
    }

    private static int number(String option, @Nullable String text, int least, int most) {
        if (text == null || !text.matches("\\d{1,10}") || Long.parseLong(text) < least || Long.parseLong(text) > most) {
            throw new IllegalArgumentException("%s takes a whole number from %d to %d.".formatted(option, least, most));
        }
        return Integer.parseInt(text);
    }
}
