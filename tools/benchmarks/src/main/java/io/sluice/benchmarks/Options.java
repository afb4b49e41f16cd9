package io.sluice.benchmarks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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
 * @param records number of records that the consumer stores, or that its backlog has
 * @param workload their contents
 * @param save whether the results go to {@code benchmarks/results}, to be committed
 */
record Options(
        Subject subject,
        int rounds,
        @Nullable Path against,
        @Nullable Path dataset,
        int records,
        Workload workload,
        boolean save) {

    static final int DEFAULT_ROUNDS = 5;

    static final int DEFAULT_RECORDS = 500_000;
    static final int DEFAULT_BACKLOG = 10_000_000;
    static final int DEFAULT_PAYLOAD_BYTES = 200;

    private static final int MAX_ROUNDS = 99;
    private static final int MIN_RECORDS = 1_000;
    private static final int MAX_RECORDS = 10_000_000;
    private static final int MIN_PAYLOAD_BYTES = 100;
    private static final int MAX_PAYLOAD_BYTES = 100_000;
    private static final int MAX_KEYS = 10_000_000;
    private static final Set<Subject> COMPARED = Set.of(Subject.INGEST, Subject.CONSUMER);
    private static final Set<Subject> IN_ROUNDS =
            Set.of(Subject.INGEST, Subject.BULK, Subject.CONSUMER, Subject.OUTBOX);
    private static final Set<Subject> OF_RECORDS = Set.of(Subject.CONSUMER, Subject.GROWTH);
    private static final Set<Subject> WITH_DATASET = Set.of(Subject.IMAGES, Subject.RETRIEVAL);
    private static final String CHECKOUT = "--against takes the folder of another checkout that is built.";
    private static final String DATASET =
            "--dataset takes a folder: for images with images and their annotations in COCO's format, for retrieval with documents, questions and judgements.";

    /**
     * Reads {@code ingest|bulk|latency|consumer|growth|outbox|images|retrieval [--rounds N] [--against DIR] [--dataset DIR] [--records N] [--payload BYTES] [--ids v4|v5|v7] [--keys N] [--save]}.
     *
     * @throws IllegalArgumentException whose message is meant for the person who typed it
     */
    static Options parse(List<String> arguments) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        Options options = of(subject(rest.poll()));
        while (!rest.isEmpty()) {
            String word = rest.pop();
            options = switch (word) {
                case "--rounds" -> options.withRounds(rounds(rest.poll()));
                case "--against" -> options.withAgainst(folder(rest.poll(), CHECKOUT));
                case "--dataset" -> options.withDataset(folder(rest.poll(), DATASET));
                case "--records" -> options.withRecords(number(word, rest.poll(), MIN_RECORDS, MAX_RECORDS));
                case "--payload" ->
                    options.with(options.workload.withPayload(
                            number(word, rest.poll(), MIN_PAYLOAD_BYTES, MAX_PAYLOAD_BYTES)));
                case "--ids" -> options.with(options.workload.withIds(ids(rest.poll())));
                case "--keys" -> options.with(options.workload.withKeys(number(word, rest.poll(), 1, MAX_KEYS)));
                case "--save" -> options.withSave();
                default -> throw new IllegalArgumentException("Unknown: " + word + ". See ./run --help.");
            };
        }
        options.check();
        return options;
    }

    /** The defaults of a subject. */
    static Options of(Subject subject) {
        int records = subject == Subject.GROWTH ? DEFAULT_BACKLOG : DEFAULT_RECORDS;
        return new Options(subject, DEFAULT_ROUNDS, null, null, records, new Workload(DEFAULT_PAYLOAD_BYTES), false);
    }

    private void check() {
        Options plain = of(subject);
        if (!IN_ROUNDS.contains(subject) && rounds != plain.rounds) {
            throw new IllegalArgumentException("--rounds is for ingest, bulk, consumer and outbox alone.");
        }
        if (!OF_RECORDS.contains(subject) && records != plain.records) {
            throw new IllegalArgumentException("--records is for consumer and growth alone.");
        }
        if (subject != Subject.CONSUMER && !workload.equals(plain.workload)) {
            throw new IllegalArgumentException("--payload, --ids and --keys are for consumer alone.");
        }
        if (!COMPARED.contains(subject) && against != null) {
            throw new IllegalArgumentException(
                    "--against is not for %s; run it in the other checkout.".formatted(subject.word()));
        }
        if (!WITH_DATASET.contains(subject) && dataset != null) {
            throw new IllegalArgumentException("--dataset is for images and retrieval alone.");
        }
    }

    private Options withRounds(int number) {
        return new Options(subject, number, against, dataset, records, workload, save);
    }

    private Options withAgainst(Path checkout) {
        return new Options(subject, rounds, checkout, dataset, records, workload, save);
    }

    private Options withDataset(Path folder) {
        return new Options(subject, rounds, against, folder, records, workload, save);
    }

    private Options withSave() {
        return new Options(subject, rounds, against, dataset, records, workload, true);
    }

    private Options withRecords(int number) {
        return new Options(subject, rounds, against, dataset, number, workload, save);
    }

    private Options with(Workload contents) {
        return new Options(subject, rounds, against, dataset, records, contents, save);
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

    private static int number(String word, @Nullable String text, int least, int most) {
        if (text == null
                || !text.matches("\\d{1,8}")
                || Integer.parseInt(text) < least
                || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("%s takes a number from %d to %d.".formatted(word, least, most));
        }
        return Integer.parseInt(text);
    }

    private static Workload.Ids ids(@Nullable String text) {
        return Optional.ofNullable(text)
                .flatMap(Workload.Ids::named)
                .orElseThrow(() -> new IllegalArgumentException("--ids takes one of: v4, v5, v7."));
    }

    private static Path folder(@Nullable String text, String remedy) {
        if (text == null || text.startsWith("--")) {
            throw new IllegalArgumentException(remedy);
        }
        return Path.of(text).toAbsolutePath().normalize();
    }
}
