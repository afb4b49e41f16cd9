package io.sluice.api.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.database.DatabaseCalls;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.testkit.SluiceServers;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Reads of a request, with memory for one response; programs under test have no handler of connections, which would reserve it. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class ReadMemoryTest {

    private static final Duration NO_TIME = Duration.ZERO;

    private final ResponseMemory memory = new ResponseMemory(9 << 20, 0);
    private final ResponseReservation other = new ResponseReservation(memory);
    private final DatabaseCalls calls;
    private final Vertx vertx;

    ReadMemoryTest(DatabaseCalls calls, Vertx vertx) {
        this.calls = calls;
        this.vertx = vertx;
    }

    @Test
    void aReadForWhoseResponseThereIsNoneIsRefusedAndTheDatabaseNotBlamed() throws Exception {
        // Given
        other.beginReading(NO_TIME);

        // When
        CompletableFuture<String> read = start(() -> calls.read(() -> "read"));

        // Then
        assertThatThrownBy(() -> result(read))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ProblemCode.OVERLOADED));
    }

    @Test
    void whatIsReadKeepsItUntilTheResponseIsWritten() throws Exception {
        // When
        result(start(() -> calls.read(() -> "read")));

        // Then
        assertThat(other.beginReading(NO_TIME)).isFalse();
    }

    @Test
    void whatIsReadPartByPartKeepsItForNoLongerThanAPartIsRead() throws Exception {
        // When
        result(start(() -> calls.readPart(() -> "part")));

        // Then
        assertThat(other.beginReading(NO_TIME)).isTrue();
    }

    private CompletableFuture<String> start(Supplier<Uni<String>> read) {
        CompletableFuture<String> result = new CompletableFuture<>();
        Context request = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        ResponseReservation.begin(request, memory);
        request.runOnContext(unused -> read.get().subscribe().with(result::complete, result::completeExceptionally));
        return result;
    }

    private static String result(CompletableFuture<String> read) throws Exception {
        try {
            return read.orTimeout(20, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
