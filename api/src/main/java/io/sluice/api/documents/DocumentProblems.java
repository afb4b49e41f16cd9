package io.sluice.api.documents;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;

/** Problems of requests for documents. */
final class DocumentProblems {

    /** The database has not said what it has done with an upload. */
    static final String UPLOAD_UNKNOWN =
            "The database does not answer, and it is not known whether the document was taken. Send it again: the same bytes are one document.";

    /** The database has not said what it has done with a change. */
    static final String CHANGE_UNKNOWN =
            "The database does not answer, and it is not known whether the document was changed. Send the request again.";

    static final String UNREADABLE = "The database cannot be read for the moment; try again later.";

    /** Storage has lost the bytes. */
    static final String LOST = "Upload the document again, which stores them anew.";

    private DocumentProblems() {}

    static ProblemException empty() {
        return ProblemException.of(
                ProblemCode.INVALID_REQUEST,
                "The file is empty: send the bytes of the document, or the part file of a form.");
    }

    /** The bytes are of no type that is taken. */
    static ProblemException unsupported() {
        return ProblemException.of(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        "The body must be a PDF, or a text of one of these types: say which by the Content-Type, or by the extension of the file's name.")
                .with("Accept", DocumentType.mediaTypes());
    }

    /** Also where the document is another's. */
    static ProblemException notFound() {
        return ProblemException.of(
                ProblemCode.NOT_FOUND,
                "You have no document of this id; GET /api/v1/documents lists those that you have.");
    }

    static ProblemException bytesOfAnother() {
        return ProblemException.of(
                ProblemCode.DUPLICATE_DOCUMENT,
                "You have another document of these bytes; delete one of the two, or use that one.");
    }

    static ProblemException notReady() {
        return ProblemException.of(
                ProblemCode.NOT_FOUND,
                "The document has no passages yet; GET /api/v1/documents/{id} until its status is ready, or failed with the reason.");
    }
}
