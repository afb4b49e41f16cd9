package io.sluice.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.health.SharedCheck.Answer;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BlockingCheckTest {

    @Test
    void whatHangsIsAskedOnceAndHoldsNobody() {
        // Given
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch mended = new CountDownLatch(1);
        try (BlockingCheck check = new BlockingCheck("Storage", "storage-check", () -> {
            asked.incrementAndGet();
            await(mended);
            return new Answer(true, Thread.currentThread().getName());
        })) {
            // When
            List<CompletableFuture<Answer>> answers = Stream.generate(check::answer)
                    .limit(20)
                    .map(Uni::subscribeAsCompletionStage)
                    .toList();

            // Then
            assertThat(answers).allSatisfy(answer -> assertThat(answer.join())
                    .isEqualTo(new Answer(false, "Storage did not answer within 800 ms")));
            assertThat(asked).hasValue(1);

            // When
            mended.countDown();

            // Then
            assertThat(check.answer().await().indefinitely()).isEqualTo(new Answer(true, "storage-check"));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
