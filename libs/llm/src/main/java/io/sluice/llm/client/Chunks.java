package io.sluice.llm.client;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A body that is read no faster than what comes is taken. */
final class Chunks implements BodySubscriber<@Nullable Void> {

    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private final Consumer<ByteBuffer> taker;
    private @Nullable Subscription subscription;

    Chunks(Consumer<ByteBuffer> taker) {
        this.taker = taker;
    }

    @Override
    public CompletionStage<@Nullable Void> getBody() {
        return end;
    }

    @Override
    public void onSubscribe(Subscription started) {
        subscription = started;
        started.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> chunk) {
        chunk.forEach(taker);
        if (subscription != null) {
            subscription.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }
}
