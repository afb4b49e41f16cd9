package io.sluice.documents;

import io.sluice.documents.UnreadableDocumentException.Reason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of the time, text and memory that reading one document takes. Libraries are called through {@link #within}, and call back {@link #check}
 * from wherever they can be stopped; so do our own loops. The time is all that passes from the budget's making on, that of the consumer of passages included.
 */
final class Budget {

    /** Time of the processor for one page of a PDF, for opening one, and for the tree of HTML or Markdown. Pages of a book take milliseconds. */
    static final Duration STEP = Duration.ofSeconds(10);

    /** Time of the processor for a whole document: at half a core 4 minutes, well below the ten after which a job counts as hung. */
    static final Duration DOCUMENT = Duration.ofMinutes(2);

    /** Most characters of a document's text, in UTF-16 code units: about 8,000 printed pages. */
    static final int MAX_TEXT = 26_214_400;

    /** Heap that stays free, in bytes: below it, what was read is collected, and below twice as much then, reading ends. */
    private static final long RESERVE = 16L << 20;

    /** Looks at the clock cost more than a node, a glyph or a short sentence does. */
    private static final int BETWEEN_LOOKS = 64;

    private final LongSupplier processorTime;
    private final long documentEnds;
    private long stepEnds;
    private int looks;
    private boolean heapFull;
    private @Nullable IOException temporaryFailure;
    private long text;
    private @Nullable ExceededException exceeded;

    /** @param processorTime time that the processor has worked for this thread, in nanoseconds: how busy a machine is decides about no document */
    Budget(LongSupplier processorTime) {
        this.processorTime = processorTime;
        documentEnds = processorTime.getAsLong() + DOCUMENT.toNanos();
        stepEnds = documentEnds;
    }

    /**
     * Calls a library, with a time of its own, and tells whatever it throws as a reason.
     *
     * @throws IOException if a temporary file cannot be written, whatever the library has made of that
     */
    <T> T within(Callable<T> step) throws IOException, UnreadableDocumentException {
        try {
            T result = judged(step);
            throwTemporaryFailure();
            return result;
        } catch (UnreadableDocumentException judgement) {
            throwTemporaryFailure();
            throw judgement;
        }
    }

    private void throwTemporaryFailure() throws IOException {
        if (temporaryFailure != null) {
            throw temporaryFailure;
        }
    }

    private <T> T judged(Callable<T> step) throws UnreadableDocumentException {
        stepEnds = Math.min(processorTime.getAsLong() + STEP.toNanos(), documentEnds);
        try {
            T result = step.call();
            check();
            return result;
        } catch (UnreadableDocumentException told) {
            throw told;
        } catch (ExceededException bound) {
            throw new UnreadableDocumentException(bound.reason());
        } catch (StackOverflowError tooDeep) {
            throw new UnreadableDocumentException(Reason.TOO_COMPLEX, tooDeep);
        } catch (InvalidPasswordException locked) {
            throw new UnreadableDocumentException(Reason.PASSWORD, locked);
        } catch (NoClassDefFoundError certificate) {
            // PDFBox opens what is encrypted for certificates by Bouncy Castle, which is not here: there are no
            // certificates either.
            throw new UnreadableDocumentException(Reason.PASSWORD, certificate);
        } catch (CharacterCodingException encoding) {
            throw new UnreadableDocumentException(Reason.NOT_UTF_8, encoding);
        } catch (Exception broken) {
            // Libraries wrap what check throws, and throw what they meet, such as an index out of bounds.
            throw new UnreadableDocumentException(exceeded != null ? exceeded.reason() : reasonOf(broken), broken);
        } finally {
            stepEnds = documentEnds;
        }
    }

    private static Reason reasonOf(Exception broken) {
        return broken.getCause() instanceof CharacterCodingException ? Reason.NOT_UTF_8 : Reason.DAMAGED;
    }

    /**
     * Ends the step, or what is outside of steps, if its time is over or a bound was exceeded before.
     *
     * @throws ExceededException to be let through
     */
    void check() {
        if (exceeded != null) {
            throw exceeded;
        }
        if (processorTime.getAsLong() > stepEnds) {
            exceed(Reason.TOO_COMPLEX);
        }
    }

    /** Does so at one call of {@value #BETWEEN_LOOKS}: for what is short, and often. */
    void checkAtTimes() {
        looks++;
        if (looks % BETWEEN_LOOKS == 0) {
            check();
        }
    }

    /** Ends the step, if the heap has got full: for where bytes become objects, a few megabytes at a call. */
    void checkMemory() {
        check();
        if (free() < RESERVE) {
            System.gc();
            if (free() < 2 * RESERVE) {
                heapFull = true;
                exceed(Reason.TOO_COMPLEX);
            }
        }
    }

    /** True if the heap was full, which is no property of the document: other work of the program takes of it, too. */
    boolean isHeapFull() {
        return heapFull;
    }

    /** Notes that a temporary file failed, for {@link #within} to throw; gives it back to be thrown at once. */
    IOException temporaryFailure(IOException failure) {
        temporaryFailure = failure;
        return failure;
    }

    private static long free() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }

    /** Counts text, in UTF-16 code units. */
    void addText(int length) {
        text += length;
        if (text > MAX_TEXT) {
            exceed(Reason.TOO_LARGE);
        }
    }

    void exceed(Reason reason) {
        exceeded = new ExceededException(reason);
        throw exceeded;
    }
}
