package io.sluice.benchmarks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param rounds number of runs of each contender
 * @param against another packaged checkout to measure beside this one; or {@code null}
 * @param dataset folder with images and their COCO annotations, to find circles in, or with documents, questions and judgements, to
 *     find passages in; or {@code null}
 * @param save whether the results go to {@code benchmarks/results}, to be committed
 */
record Options(Subject subject, int rounds, @Nullable Path against, @Nullable Path dataset, boolean save) {

    static final int DEFAULT_ROUNDS = 5;

    private static final int MAX_ROUNDS = 99;
    private static final Set<Subject> COMPARED = Set.of(Subject.INGEST, Subject.CONSUMER);
    private static final Set<Subject> WITH_DATASET = Set.of(Subject.IMAGES, Subject.RETRIEVAL);
    private static final String CHECKOUT = "--against takes the folder of another checkout that is built.";
    private static final String DATASET =
            "--dataset takes a folder: for images with images and their annotations in COCO's format, for retrieval with documents, questions and judgements.";

    /**
     * Reads {@code ingest|bulk|consumer|outbox|images|retrieval [--rounds N] [--against DIR] [--dataset DIR] [--save]}.
     *
     * @throws IllegalArgumentException whose message is meant for the person who typed it
     */
    static Options parse(List<String> arguments) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        Options options = new Options(subject(rest.poll()), DEFAULT_ROUNDS, null, null, false);
        while (!rest.isEmpty()) {
            String word = rest.pop();
            options = switch (word) {
                case "--rounds" -> options.withRounds(rounds(rest.poll()));
                case "--against" -> options.withAgainst(folder(rest.poll(), CHECKOUT));
                case "--dataset" -> options.withDataset(folder(rest.poll(), DATASET));
                case "--save" -> options.withSave();
                default -> throw new IllegalArgumentException("Unknown: " + word + ". See ./run --help.");
            };
        }
        options.check();
        return options;
    }

    private void check() {
        if (!COMPARED.contains(subject) && against != null) {
            throw new IllegalArgumentException(
                    "--against is not for %s; run it in the other checkout.".formatted(subject.word()));
        }
        if (!WITH_DATASET.contains(subject) && dataset != null) {
            throw new IllegalArgumentException("--dataset is for images and retrieval alone.");
        }
    }

    private Options withRounds(int number) {
        return new Options(subject, number, against, dataset, save);
    }

    private Options withAgainst(Path checkout) {
        return new Options(subject, rounds, checkout, dataset, save);
    }

    private Options withDataset(Path folder) {
        return new Options(subject, rounds, against, folder, save);
    }

    private Options withSave() {
        return new Options(subject, rounds, against, dataset, true);
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

    private static Path folder(@Nullable String text, String remedy) {
        if (text == null || text.startsWith("--")) {
            throw new IllegalArgumentException(remedy);
        }
        return Path.of(text).toAbsolutePath().normalize();
    }
}
