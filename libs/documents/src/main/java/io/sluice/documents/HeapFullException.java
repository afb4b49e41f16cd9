package io.sluice.documents;

/**
 * A document whose reading was ended because the heap got full, before the JVM ran out of it. That may be by the document or by what else the
 * program does: only a try that is made alone tells.
 */
public final class HeapFullException extends Exception {

    private static final long serialVersionUID = 1L;

    HeapFullException() {
        super("The heap got full while a document was read.");
    }
}
