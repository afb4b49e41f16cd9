package io.sluice.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Turns turns = new Turns();
    private final List<String> went = new CopyOnWriteArrayList<>();

    /** The work of a thread that has its turn. */
    private interface Taking {
        void take() throws InterruptedException, TimeoutException;
    }

    /** Starts a thread, and waits until it waits for its turn. */
    private Thread waiting(String name, Taking taking) {
        Thread thread = new Thread(() -> {
            try {
                taking.take();
                went.add(name);
                turns.giveBack();
            } catch (InterruptedException | TimeoutException | IllegalStateException e) {
                went.add(e.getClass().getSimpleName());
            }
        });
        thread.start();
        await().until(() ->
                thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    private Thread question(String name) {
        return waiting(name, () -> turns.takeForQuestion(LONG));
    }

    private Thread passage(String name) {
        return waiting(name, turns::takeForPassage);
    }

    private void awaitAll(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(LONG.toMillis());
        }
    }

    @Test
    void questionsGoBeforePassagesThatHaveWaitedForLonger() throws InterruptedException {
        // Given
        turns.takeForPassage();
        List<Thread> threads =
                List.of(passage("passage"), passage("passage"), question("question"), question("question"));

        // When
        turns.giveBack();
        awaitAll(threads);

        // Then
        assertThat(went).containsExactly("question", "question", "passage", "passage");
    }

    @Test
    void aPassageGoesAfterManyQuestions() throws InterruptedException {
        // Given
        turns.takeForPassage();
        List<Thread> threads = IntStream.rangeClosed(0, Turns.QUESTIONS_IN_A_ROW + 1)
                .mapToObj(i -> i == 0 ? passage("passage") : question("question"))
                .toList();

        // When
        turns.giveBack();
        awaitAll(threads);

        // Then
        assertThat(went).hasSize(Turns.QUESTIONS_IN_A_ROW + 2);
        assertThat(went.indexOf("passage")).isEqualTo(Turns.QUESTIONS_IN_A_ROW);
    }

    @Test
    void aQuestionIsGivenUpInTime() throws InterruptedException {
        // Given
        turns.takeForPassage();

        // Then
        assertThatThrownBy(() -> turns.takeForQuestion(Duration.ofMillis(20))).isInstanceOf(TimeoutException.class);

        // When
        Thread passage = passage("passage");
        turns.giveBack();
        passage.join(LONG.toMillis());

        // Then
        assertThat(went).containsExactly("passage");
    }

    @Test
    void aThreadThatIsInterruptedKeepsNobodyWaiting() throws InterruptedException {
        // Given
        turns.takeForPassage();
        Thread question = question("question");
        Thread passage = passage("passage");

        // When
        question.interrupt();
        question.join(LONG.toMillis());
        turns.giveBack();
        passage.join(LONG.toMillis());

        // Then
        assertThat(went).containsExactly("InterruptedException", "passage");
    }

    @Test
    void closingWaitsForTheTurnAndEndsTheOthers() throws InterruptedException {
        // Given
        turns.takeForPassage();
        Thread passage = passage("passage");
        Thread closing = waiting("closed", () -> {
            turns.close();
            went.add("closing");
        });
        passage.join(LONG.toMillis());
        assertThat(went).containsExactly("IllegalStateException");

        // When
        turns.giveBack();
        closing.join(LONG.toMillis());

        // Then
        assertThat(went).contains("closing");
        assertThatThrownBy(turns::takeForPassage).hasMessage("The embedding model is closed.");
        assertThat(turns.close()).isFalse();
    }
}
