package io.sluice.worker.embedding;

/** The embedding model cannot be used as it is; the message says why, and names the setting. Unchecked, to get through the container. */
public final class UnusableEmbedderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The model cannot be used. */
    public UnusableEmbedderException(String message, Throwable cause) {
        super(message, cause);
    }
}
