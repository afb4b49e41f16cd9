package io.sluice.contract;

/** Type of a job: work of seconds that the api orders and the worker does. */
public enum JobType {
    /** Finds the circular objects of an image; the subject is the image. */
    IMAGE_ANALYSIS("image-analysis"),
    /** Reads the passages of a document; the subject is the document. */
    DOCUMENT_INGEST("document-ingest");

    private final String code;

    JobType(String code) {
        this.code = code;
    }

    /** The stable name, in the tables {@code jobs} and {@code scheduled_tasks}, in metrics and in logs. */
    public String code() {
        return code;
    }
}
