package io.sluice.api.chat.generative;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.chat.generative.WrittenPart.End;
import io.sluice.api.chat.generative.WrittenPart.Text;
import io.sluice.api.search.FoundPassage;
import io.sluice.llm.Completion;
import io.sluice.llm.Completion.Reason;
import io.sluice.llm.Completion.Usage;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AnswerWritingTest {

    private static final FoundPassage PASSAGE =
            new FoundPassage(1, new UUID(0, 1), "a.pdf", 1, 1, 1, null, "Take one tablet.", 1);

    private final AtomicInteger cancelled = new AtomicInteger();
    private final AnswerWriting writing = new AnswerWriting(new AnswerText(List.of(PASSAGE)), Runnable::run);

    private Written begun() {
        assertThat(writing.begun().toCompletableFuture()).isDone();
        return writing.begun().toCompletableFuture().join();
    }

    private static Completion ended(Reason reason) {
        return new Completion("groq", "m", reason, new Usage(1, 1));
    }

    @Test
    void nothingIsShownBeforeTheFirstCitationAndEverythingFromThenOn() {
        writing.onText("One tablet ");
        assertThat(writing.begun().toCompletableFuture()).isNotDone();
        writing.onText("[1] a ");
        AssertSubscriber<WrittenPart> parts = begun().parts().subscribe().withSubscriber(AssertSubscriber.create(10));
        parts.assertItems(new Text("One tablet [1] a "));

        writing.onText("day.");
        writing.onEnd(ended(Reason.STOP));

        parts.assertCompleted()
                .assertItems(new Text("One tablet [1] a "), new Text("day."), new End(List.of(1), false));
    }

    @Test
    void whatWasToldBeforeAnybodyListensIsNotLost() {
        writing.onText("One [1]. ");
        writing.onText("Two. ");
        writing.onEnd(ended(Reason.LENGTH));

        begun().parts()
                .subscribe()
                .withSubscriber(AssertSubscriber.create(10))
                .assertCompleted()
                .assertItems(new Text("One [1]. "), new Text("Two. "), new End(List.of(1), true));
    }

    @Test
    void theModelWaitsForWhoReadsSlowly() throws InterruptedException {
        // Given
        writing.onText("One [1] ");
        AssertSubscriber<WrittenPart> parts = begun().parts().subscribe().withSubscriber(AssertSubscriber.create(0));
        AtomicInteger told = new AtomicInteger();
        Thread model = new Thread(() -> {
            for (int i = 0; i < 100; i++) {
                writing.onText("more ");
                told.incrementAndGet();
            }
        });

        // When
        model.start();
        await().until(() -> model.getState() == Thread.State.TIMED_WAITING);

        // Then
        assertThat(told).hasValueLessThan(40);
        parts.request(Long.MAX_VALUE);
        model.join();
        assertThat(parts.getItems()).hasSize(101);
    }

    @Test
    void whoLeavesEndsTheCallAndTheWaitOfTheModel() throws InterruptedException {
        // Given
        writing.isToldBy(cancelled::incrementAndGet);
        writing.onText("One [1] ");
        AssertSubscriber<WrittenPart> parts = begun().parts().subscribe().withSubscriber(AssertSubscriber.create(0));
        AtomicInteger refused = new AtomicInteger();
        Thread model = new Thread(() -> {
            try {
                for (int i = 0; i < 100; i++) {
                    writing.onText("more ");
                }
            } catch (CancellationException e) {
                refused.incrementAndGet();
            }
        });
        model.start();
        await().until(() -> model.getState() == Thread.State.TIMED_WAITING);

        // When
        parts.cancel();

        // Then
        model.join();
        assertThat(refused).hasValue(1);
        assertThat(cancelled).hasPositiveValue();
    }

    @Test
    void aCallThatComesAfterItsAnswerWasGivenUpIsCancelled() {
        writing.cancel();
        writing.isToldBy(cancelled::incrementAndGet);

        assertThat(cancelled).hasValue(1);
    }

    @Test
    void anAnswerThatCitesNothingForLongIsGivenUp() {
        writing.onText("w".repeat(AnswerWriting.MAX_UNCITED));

        assertThatThrownBy(() -> writing.onText("w")).isInstanceOf(CancellationException.class);

        assertThatThrownBy(() -> writing.begun().toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(NotWrittenException.class, failure -> assertThat(failure.reason())
                        .isEqualTo(FallbackReason.UNCITED));
    }

    @Test
    void anAnswerThatIsLongerThanOneMayBeEnds() {
        writing.onText("One [1] ");
        AssertSubscriber<WrittenPart> parts =
                begun().parts().subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));

        assertThatThrownBy(() -> writing.onText("word ".repeat(AnswerWriting.MAX_CHARACTERS / 5)))
                .isInstanceOf(CancellationException.class);

        parts.assertCompleted();
        assertThat(parts.getLastItem()).isEqualTo(new End(List.of(1), true));
    }
}
