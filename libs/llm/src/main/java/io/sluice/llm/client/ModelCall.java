package io.sluice.llm.client;

import io.sluice.llm.AnswerListener;
import io.sluice.llm.Completion;
import io.sluice.llm.Completion.Reason;
import io.sluice.llm.LanguageModel;
import io.sluice.llm.ModelFailure;
import io.sluice.llm.ModelFailure.Kind;
import io.sluice.llm.ModelObserver;
import io.sluice.llm.ModelObserver.Request;
import io.sluice.llm.Prompt;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An answer: of the first provider, or of the second where the first one gives no text. Where none does, and one has said when to
 * ask it again, or has closed the connection without a word, it is asked once more, if that is within the time that the first text has. Text that was told is never told again.
 */
final class ModelCall implements LanguageModel.Call {

    /** Failures that say nothing about the provider. */
    private static final Set<Kind> OF_THE_PROMPT = EnumSet.of(Kind.TOO_LONG, Kind.PROTOCOL);

    /** Longest time that is added at random, so that those who were refused together do not come back together. */
    private static final double MOST_JITTER_MILLIS = 250;

    private final Transport transport;
    private final List<Provider> providers;
    private final Limits limits;
    private final ModelObserver observer;
    private final Prompt prompt;
    private final AnswerListener listener;
    private final long begun;

    /** Guarded by this. */
    private boolean isCancelled;

    /** Guarded by this. */
    private @Nullable Attempt current;

    /** The attempt that is repeated, or told of, if none succeeds; used by the thread that the attempts follow each other on. */
    private @Nullable Attempt best;

    private boolean isRepeated;

    /**
     * Times that an answer has.
     *
     * @param firstText for the first text of each provider
     * @param end for all of it
     */
    record Limits(Duration firstText, Duration end) {}

    ModelCall(
            Transport transport,
            List<Provider> providers,
            Limits limits,
            ModelObserver observer,
            Prompt prompt,
            AnswerListener listener) {
        this.transport = transport;
        this.providers = providers;
        this.limits = limits;
        this.observer = observer;
        this.prompt = prompt;
        this.listener = listener;
        this.begun = transport.nanoTime().getAsLong();
    }

    /** Asks the provider at an index. */
    void ask(int index) {
        new Attempt(index).start();
    }

    @Override
    public void cancel() {
        Attempt attempt;
        synchronized (this) {
            isCancelled = true;
            attempt = current;
        }
        if (attempt != null) {
            attempt.cancel();
        }
    }

    /** True if the answer was not given up, so that the attempt may be made. */
    private synchronized boolean isNext(Attempt attempt) {
        current = attempt;
        return !isCancelled;
    }

    private synchronized boolean isCancelled() {
        return isCancelled;
    }

    private Duration since(long nanoTime) {
        return Duration.ofNanos(transport.nanoTime().getAsLong() - nanoTime);
    }

    /** Time that is left for the first text, whichever provider gives it. */
    private Duration leftForFirstText() {
        return limits.firstText().multipliedBy(providers.size()).minus(since(begun));
    }

    private void failed(Attempt attempt, ModelFailure failure) {
        attempt.failure = failure;
        if (best == null || best.retryAfter().isEmpty() || attempt.retryAfter().isPresent()) {
            best = attempt;
        }
        if (isCancelled()) {
            return;
        }
        boolean isOtherLeft = attempt.index + 1 < providers.size() && !isRepeated;
        // Whatever the failure: another provider has another key, and another model another length of prompts.
        if (isOtherLeft) {
            ask(attempt.index + 1);
        } else if (!isRepeated && isWorthWaiting(best)) {
            isRepeated = true;
            repeat(best);
        } else {
            listener.onFailure(best.failure());
        }
    }

    /** True where the provider has said when to come again, or has closed a connection without a word. */
    private boolean isWorthWaiting(Attempt attempt) {
        return attempt.retryAfter()
                .filter(pause -> pause.isZero() || attempt.failure().kind() == Kind.OVERLOADED)
                .filter(pause -> pause.compareTo(leftForFirstText()) < 0)
                .isPresent();
    }

    private void repeat(Attempt attempt) {
        long pause = attempt.retryAfter().orElseThrow().toMillis()
                + 1
                + (long) (transport.random().getAsDouble() * MOST_JITTER_MILLIS);
        var unused = transport
                .timer()
                .schedule(() -> transport.threads().execute(() -> ask(attempt.index)), pause, TimeUnit.MILLISECONDS);
    }

    /** One provider, asked once. */
    private final class Attempt implements AnswerListener {

        private final int index;
        private final Provider provider;
        private final long asked = transport.nanoTime().getAsLong();
        private final Exchange exchange;
        private @Nullable ModelFailure failure;
        private volatile @Nullable Duration firstText;

        Attempt(int index) {
            this.index = index;
            this.provider = providers.get(index);
            this.exchange = new Exchange(transport, provider, this);
        }

        void start() {
            if (!isNext(this)) {
                return;
            }
            Optional<CircuitBreaker.Rejection> rejection = provider.breaker().rejection();
            if (rejection.isPresent()) {
                failed(
                        this,
                        new ModelFailure(
                                rejection.get().kind(),
                                provider.name() + " is not asked for now, after what it answered before",
                                Optional.of(rejection.get().left())));
                return;
            }
            HttpRequest request;
            try {
                request = provider.request(prompt);
            } catch (IllegalArgumentException e) {
                onFailure(new ModelFailure(
                        Kind.REFUSED,
                        "the key of %s cannot be read: %s".formatted(provider.name(), e.getMessage()),
                        Optional.empty()));
                return;
            }
            Duration end = limits.end().minus(since(begun));
            exchange.start(request, least(limits.firstText(), least(leftForFirstText(), end)), end);
        }

        private static Duration least(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }

        ModelFailure failure() {
            if (failure == null) {
                throw new IllegalStateException("It has not failed");
            }
            return failure;
        }

        Optional<Duration> retryAfter() {
            return failure().retryAfter();
        }

        void cancel() {
            if (exchange.cancel()) {
                observe(Optional.empty(), Optional.empty());
            }
        }

        @Override
        public void onText(String delta) {
            if (firstText == null) {
                firstText = since(asked);
                provider.breaker().succeeded();
            }
            try {
                listener.onText(delta);
            } catch (RuntimeException e) {
                ModelCall.this.cancel();
            }
        }

        @Override
        public void onEnd(Completion completion) {
            provider.breaker().succeeded();
            observe(Optional.of(completion.reason()), Optional.empty());
            listener.onEnd(completion);
        }

        @Override
        public void onFailure(ModelFailure failed) {
            if (!OF_THE_PROMPT.contains(failed.kind())) {
                provider.breaker().failed(failed.retryAfter());
            }
            observe(Optional.empty(), Optional.of(failed));
            if (firstText == null) {
                failed(this, failed);
            } else {
                listener.onFailure(failed);
            }
        }

        private void observe(Optional<Reason> reason, Optional<ModelFailure> failed) {
            observer.onRequest(new Request(
                    provider.name(),
                    provider.model().name(),
                    reason,
                    failed,
                    Optional.ofNullable(firstText),
                    since(asked),
                    exchange.usage()));
        }
    }
}
