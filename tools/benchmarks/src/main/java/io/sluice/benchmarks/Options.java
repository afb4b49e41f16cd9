package io.sluice.benchmarks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param rounds number of runs of each contender
 * @param against another packaged checkout to measure beside this one; or {@code null}
 * @param save whether the results go to {@code benchmarks/results}, to be committed
 */
record Options(Subject subject, int rounds, @Nullable Path against, boolean save) {

    static final int DEFAULT_ROUNDS = 5;

    private static final int MAX_ROUNDS = 99;

    /**
     * Reads {@code ingest|consumer|outbox [--rounds N] [--against DIR] [--save]}.
     *
     * @throws IllegalArgumentException whose message is meant for the person who typed it
     */
    static Options parse(List<String> arguments) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        Options options = new Options(subject(rest.poll()), DEFAULT_ROUNDS, null, false);
        while (!rest.isEmpty()) {
            String word = rest.pop();
            options = switch (word) {
                case "--rounds" -> new Options(options.subject, rounds(rest.poll()), options.against, options.save);
                case "--against" -> new Options(options.subject, options.rounds, checkout(rest.poll()), options.save);
                case "--save" -> new Options(options.subject, options.rounds, options.against, true);
                default -> throw new IllegalArgumentException("Unknown: " + word + ". See ./run --help.");
            };
        }
        if (options.subject == Subject.OUTBOX && options.against != null) {
            throw new IllegalArgumentException("--against is not for outbox; run it in the other checkout.");
        }
        return options;
    }

    private static Subject subject(@Nullable String word) {
        return Arrays.stream(Subject.values())
                .filter(subject -> subject.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("benchmark takes one of: "
                        + Arrays.stream(Subject.values()).map(Subject::word).collect(Collectors.joining(", ")) + "."));
    }

    private static int rounds(@Nullable String text) {
        if (text == null || !text.matches("[1-9]\\d?")) {
            throw new IllegalArgumentException("--rounds takes a number from 1 to " + MAX_ROUNDS + ".");
        }
        return Integer.parseInt(text);
    }

    private static Path checkout(@Nullable String text) {
        if (text == null || text.startsWith("--")) {
            throw new IllegalArgumentException("--against takes the folder of another checkout that is built.");
        }
        return Path.of(text).toAbsolutePath().normalize();
    }
}
