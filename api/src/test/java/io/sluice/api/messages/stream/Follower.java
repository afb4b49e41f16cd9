package io.sluice.api.messages.stream;

import static io.sluice.testkit.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Takes as many blocks of a stream as it is told to. */
final class Follower implements Flow.Subscriber<byte[]> {

    private static final Pattern END = Pattern.compile("\n\n");

    private final StreamReader reader;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    private Follower(StreamReader reader) {
        this.reader = reader;
    }

    /** Takes this many blocks for now. */
    static Follower of(StreamReader reader, long blocks) {
        Follower follower = new Follower(reader);
        reader.subscribe(follower);
        follower.take(blocks);
        return follower;
    }

    void take(long blocks) {
        reader.request(blocks);
    }

    void leave() {
        reader.cancel();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        // It is told when to ask.
    }

    @Override
    public void onNext(byte[] block) {
        END.splitAsStream(new String(block, UTF_8))
                .forEach(event -> received.add(Received.of(event.lines().toList())));
    }

    @Override
    public void onError(Throwable failure) {
        ended = true;
    }

    @Override
    public void onComplete() {
        ended = true;
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    List<Integer> numbers() {
        return NumberedEvents.numbers(received());
    }

    Received awaitFirst(Predicate<Received> wanted) {
        await().until(() -> received.stream().anyMatch(wanted));
        return received.stream().filter(wanted).findFirst().orElseThrow();
    }

    void awaitNumbers(int count) {
        await().until(() -> numbers().size() >= count);
    }

    void awaitEnd() {
        await().until(() -> ended);
    }
}
