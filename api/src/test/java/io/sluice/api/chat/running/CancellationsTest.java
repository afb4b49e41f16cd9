package io.sluice.api.chat.running;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.chat.answers.AnswerMode;
import io.sluice.api.chat.answers.AnswerPart;
import io.sluice.api.chat.answers.Opening;
import io.sluice.api.chat.answers.Reply;
import io.sluice.api.chat.running.Cancellations.Outcome;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.redis.RedisInTests;
import io.sluice.testkit.RedisServer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that one replica streams, and another one, or the same, is asked to cancel. */
class CancellationsTest {

    private static final AnswerPart.Done DONE =
            new AnswerPart.Done(true, AnswerMode.GENERATIVE, List.of(), List.of(), false, null, null);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean isLeft = new AtomicBoolean();
    private MultiEmitter<? super AnswerPart> model;

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** A replica with answers of its own. */
    private record Replica(RunningAnswers answers, Cancellations cancellations) {

        Outcome cancel(UUID id, String caller) {
            return cancellations.cancel(id, caller).await().indefinitely();
        }
    }

    private Replica replica(@Nullable RedisServer server) {
        RunningAnswers answers = new RunningAnswers();
        Cancellations cancellations = new Cancellations(
                answers, server == null ? RedisInTests.noChannels(vertx) : RedisInTests.channels(vertx, server.url()));
        cancellations.listen();
        return new Replica(answers, cancellations);
    }

    private Reply begun(Replica replica) {
        Multi<AnswerPart> parts = Multi.createFrom()
                .<AnswerPart>emitter(emitter -> model = emitter)
                .onCancellation()
                .invoke(() -> isLeft.set(true));
        return replica.answers()
                .cancellable(
                        new Reply(new Opening(null, AnswerMode.GENERATIVE, null, null, List.of(), null), parts),
                        "alice");
    }

    private static UUID id(Reply reply) {
        return Objects.requireNonNull(reply.opening().answerId());
    }

    private static AssertSubscriber<AnswerPart> read(Reply reply) {
        return reply.parts().subscribe().withSubscriber(AssertSubscriber.create(100));
    }

    private static void assertCancelled(AssertSubscriber<AnswerPart> parts) {
        parts.awaitFailure(
                failure -> assertThat(failure).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.code())
                        .isEqualTo(ProblemCode.ANSWER_CANCELLED)));
    }

    @Test
    void theSameReplicaCancelsItAtOnce() {
        // Given
        Replica replica = replica(null);
        Reply reply = begun(replica);
        AssertSubscriber<AnswerPart> parts = read(reply);
        model.emit(new AnswerPart.Delta("a"));
        parts.assertItems(new AnswerPart.Delta("a"));

        // Then
        assertThat(replica.cancel(id(reply), "bob")).as("another's").isEqualTo(Outcome.UNKNOWN);
        assertThat(replica.cancel(id(reply), "alice")).isEqualTo(Outcome.CANCELLED);
        assertCancelled(parts);
        assertThat(isLeft).as("the model is left").isTrue();
        assertThat(replica.cancel(id(reply), "alice")).as("it is over").isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void anAnswerWhoseTextIsWholeIsNotCancelled() {
        // Given
        Replica replica = replica(null);
        Reply reply = begun(replica);
        AssertSubscriber<AnswerPart> parts = read(reply);

        // When
        model.emit(new AnswerPart.Delta("a"));
        model.emit(DONE);

        // Then
        assertThat(replica.cancel(id(reply), "alice")).isEqualTo(Outcome.UNKNOWN);
        model.complete();
        parts.awaitCompletion().assertItems(new AnswerPart.Delta("a"), DONE);
    }

    @Test
    void aClientThatLeavesLeavesNothingToCancel() {
        // Given
        Replica replica = replica(null);
        Reply reply = begun(replica);
        AssertSubscriber<AnswerPart> parts = read(reply);

        // When
        parts.cancel();

        // Then
        assertThat(isLeft).isTrue();
        assertThat(replica.cancel(id(reply), "alice")).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void anotherReplicaIsToldByWayOfRedis() {
        try (RedisServer server = RedisServer.start()) {
            // Given
            Replica streaming = replica(server);
            Replica asked = replica(server);
            awaitListeners(server, 2);
            Reply reply = begun(streaming);
            AssertSubscriber<AnswerPart> parts = read(reply);

            // When
            assertThat(asked.cancel(id(reply), "bob")).as("another's").isEqualTo(Outcome.PASSED_ON);
            Outcome outcome = asked.cancel(id(reply), "alice");

            // Then
            assertThat(outcome).isEqualTo(Outcome.PASSED_ON);
            assertCancelled(parts);
            assertThat(isLeft).isTrue();
        }
    }

    @Test
    void whoIsNotTheCallerCancelsNothing() {
        try (RedisServer server = RedisServer.start()) {
            // Given
            Replica streaming = replica(server);
            Replica asked = replica(server);
            awaitListeners(server, 2);
            Reply reply = begun(streaming);
            Reply last = begun(streaming);
            AssertSubscriber<AnswerPart> parts = read(reply);
            AssertSubscriber<AnswerPart> partsOfLast = read(last);

            // When
            asked.cancel(id(reply), "bob");
            server.answer("PUBLISH sluice:answers:cancelled nonsense");
            server.answer("PUBLISH sluice:answers:cancelled %s".formatted(id(reply)));
            asked.cancel(id(last), "alice");

            // Then
            assertCancelled(partsOfLast);
            parts.assertNotTerminated();
        }
    }

    @Test
    void withoutAnotherReplicaOrRedisItIsSaid() {
        try (RedisServer server = RedisServer.start()) {
            // Given
            Replica alone = replica(server);
            awaitListeners(server, 1);
            UUID id = UUID.randomUUID();
            assertThat(alone.cancel(id, "alice")).isEqualTo(Outcome.UNKNOWN);
            replica(server);
            awaitListeners(server, 2);
            assertThat(alone.cancel(id, "alice")).isEqualTo(Outcome.PASSED_ON);

            // When
            server.kill();

            // Then
            assertThat(alone.cancel(id, "alice")).isEqualTo(Outcome.UNKNOWN);

            // When
            server.restart();

            // Then
            awaitListeners(server, 2);
            await().untilAsserted(() -> assertThat(alone.cancel(id, "alice")).isEqualTo(Outcome.PASSED_ON));
        }
    }

    private static void awaitListeners(RedisServer server, int number) {
        await().untilAsserted(() -> assertThat(server.answer("PUBSUB NUMSUB sluice:answers:cancelled"))
                .contains("\r\n:" + number + "\r\n"));
    }
}
