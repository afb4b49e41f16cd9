package io.sluice.embedding;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Turns at the model, which one text has at a time: questions go before passages. After {@value #QUESTIONS_IN_A_ROW} questions in a row a passage
 * that waits goes, so that ingest does not stand still for ever.
 */
final class Turns {

    static final int QUESTIONS_IN_A_ROW = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int waitingQuestions;
    private int waitingPassages;
    private int questionsInARow;
    private boolean taken;
    private boolean closed;

    /**
     * Waits for a question's turn, which is to be given back.
     *
     * @throws TimeoutException if it has not come in time
     * @throws IllegalStateException if the turns are closed
     */
    void takeForQuestion(Duration timeout) throws InterruptedException, TimeoutException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        waitingQuestions++;
        try {
            while (isBusy() || isPassageDue()) {
                if (left <= 0) {
                    throw new TimeoutException("The embedding model is busy with other texts.");
                }
                left = changed.awaitNanos(left);
            }
            taken = true;
            questionsInARow++;
        } finally {
            waitingQuestions--;
            changed.signalAll();
            lock.unlock();
        }
    }

    /**
     * Waits for a passage's turn, which is to be given back.
     *
     * @throws IllegalStateException if the turns are closed
     */
    void takeForPassage() throws InterruptedException {
        lock.lockInterruptibly();
        waitingPassages++;
        try {
            while (isBusy() || (waitingQuestions > 0 && !isPassageDue())) {
                changed.await();
            }
            taken = true;
            questionsInARow = 0;
        } finally {
            waitingPassages--;
            changed.signalAll();
            lock.unlock();
        }
    }

    void giveBack() {
        lock.lock();
        try {
            taken = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the turn that is under way, and gives none any more.
     *
     * @return false if they were closed before
     */
    boolean close() {
        lock.lock();
        try {
            boolean first = !closed;
            closed = true;
            changed.signalAll();
            while (taken) {
                changed.awaitUninterruptibly();
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    private boolean isBusy() {
        if (closed) {
            throw new IllegalStateException("The embedding model is closed.");
        }
        return taken;
    }

    private boolean isPassageDue() {
        return waitingPassages > 0 && questionsInARow >= QUESTIONS_IN_A_ROW;
    }
}
