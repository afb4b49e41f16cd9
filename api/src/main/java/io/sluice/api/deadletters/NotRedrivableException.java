package io.sluice.api.deadletters;

/** A dead letter cannot be sent again, or not in this way. The detail says why and what to do, and quotes nothing of it. */
final class NotRedrivableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String detail;

    NotRedrivableException(String detail) {
        super(detail);
        this.detail = detail;
    }

    String detail() {
        return detail;
    }
}
