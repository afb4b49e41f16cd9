package io.sluice.contract.json;

/** Bytes that are not the JSON they have to be. The message can be shown to whoever sent them; it quotes none of them. */
public final class JsonSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int offset;

    JsonSyntaxException(String message, int offset) {
        // Made for each bad request, never for a fault of ours: a stack trace would only cost.
        super(message + " (at byte " + offset + ")", null, false, false);
        this.offset = offset;
    }

    /** Offset of the fault, in bytes from the start of the scanned text. */
    public int offset() {
        return offset;
    }
}
