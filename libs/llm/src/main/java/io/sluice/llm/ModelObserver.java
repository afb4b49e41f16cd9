package io.sluice.llm;

import io.sluice.llm.Completion.Usage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Observer of what providers are asked and how that goes, for metrics and logs. It must not block, nor throw. */
@FunctionalInterface
public interface ModelObserver {

    /** Takes a request that has come to its end. An answer can take several, of one provider or of two. */
    void onRequest(Request request);

    /**
     * A request to a provider.
     *
     * @param provider that was asked, in lower case
     * @param model that was asked for
     * @param reason why the answer ended, if it did
     * @param failure of the request, if it failed; neither it nor a reason is there if the answer was given up by whoever wanted it
     * @param firstText time until the first text of the answer, if there was any
     * @param duration of all of it
     * @param usage tokens that it took, as far as the provider has said
     */
    record Request(
            String provider,
            String model,
            Optional<Completion.Reason> reason,
            Optional<ModelFailure> failure,
            Optional<Duration> firstText,
            Duration duration,
            Usage usage) {

        private static final String CANCELLED = "CANCELLED";

        /** Outcome as a label has it, one of {@link #outcomes()}. */
        public String outcome() {
            return label(reason.map(Enum::name)
                    .or(() -> failure.map(failed -> failed.kind().name()))
                    .orElse(CANCELLED));
        }

        /** All outcomes: reasons why an answer ends, kinds of failures, and {@code cancelled}; in lower case with hyphens. */
        public static List<String> outcomes() {
            return Stream.of(
                            Arrays.stream(Completion.Reason.values()).map(Enum::name),
                            Arrays.stream(ModelFailure.Kind.values()).map(Enum::name),
                            Stream.of(CANCELLED))
                    .flatMap(names -> names.map(Request::label))
                    .toList();
        }

        private static String label(String name) {
            return name.toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
