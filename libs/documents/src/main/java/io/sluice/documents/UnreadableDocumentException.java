package io.sluice.documents;

/** A document that no further try can read. The message is a sentence for its owner, without anything of the document in it. */
public final class UnreadableDocumentException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Reasons why a document is not read. Their codes are stable. */
    public enum Reason {
        NO_TEXT(
                "no-text",
                "The document has no text; if it was scanned, have its text recognised (OCR) and upload the result."),
        PASSWORD(
                "password",
                "The document opens only with a password or a certificate; save it without that and upload it again."),
        DAMAGED(
                "damaged",
                "The document is damaged, or it is not of the type that it was uploaded as; save it again with another"
                        + " program."),
        NOT_UTF_8(
                "not-utf-8",
                "The text is neither in UTF-8 nor in another encoding that it names; save it as UTF-8 and upload it"
                        + " again."),
        TOO_LARGE("too-large", "The document has too many pages or too much text; split it and upload its parts."),
        TOO_COMPLEX(
                "too-complex",
                "The document takes too much time or memory to read; save its text in a simpler form and upload that.");

        private final String code;
        private final String sentence;

        Reason(String code, String sentence) {
            this.code = code;
            this.sentence = sentence;
        }

        /** Name of the reason in lower case with hyphens. */
        public String code() {
            return code;
        }

        /** Says what is wrong and what helps. */
        public String sentence() {
            return sentence;
        }
    }

    private final Reason reason;

    UnreadableDocumentException(Reason reason) {
        super(reason.sentence());
        this.reason = reason;
    }

    UnreadableDocumentException(Reason reason, Throwable cause) {
        super(reason.sentence(), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
