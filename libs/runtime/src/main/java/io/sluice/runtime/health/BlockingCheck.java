package io.sluice.runtime.health;

import io.sluice.runtime.health.SharedCheck.Answer;
import io.sluice.runtime.threads.NamedThreads;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/** A {@link SharedCheck} of something that blocks while it is asked. It has one thread, which is all that hangs where no answer comes. */
public final class BlockingCheck implements AutoCloseable {

    private final ExecutorService questions;
    private final SharedCheck check;

    /**
     * Asks nothing yet.
     *
     * @param server name of what is asked, for people
     * @param thread name of the thread
     * @param question asks it once
     */
    public BlockingCheck(String server, String thread, Supplier<Answer> question) {
        // A thread of the framework would carry the context of one request, and the answer goes to all.
        questions = NamedThreads.singleDaemon(thread);
        check = new SharedCheck(server, () -> CompletableFuture.supplyAsync(question, questions));
    }

    /** The answer, within a second whatever becomes of the question; never fails. */
    public Uni<Answer> answer() {
        return check.answer();
    }

    @Override
    public void close() {
        questions.shutdownNow();
    }
}
