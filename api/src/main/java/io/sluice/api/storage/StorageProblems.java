package io.sluice.api.storage;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.storage.StorageFailure;

/** Problems of requests that need storage. */
final class StorageProblems {

    private StorageProblems() {}

    /**
     * The problem of a failure.
     *
     * @param ifLost what clients are told where storage has lost the bytes: the remedy
     */
    static ProblemException of(StorageFailure failure, String ifLost) {
        return switch (failure) {
            case FULL ->
                unavailable(
                        "Storage is full; nothing was stored. Its operator has to make room; send the request again then.");
            case READ_ONLY, ACCESS_DENIED ->
                unavailable(
                        "The api may not use storage; nothing was stored. Its operator finds the reason in the log.");
            case UNAVAILABLE, KEY_IN_USE ->
                unavailable(
                        "Storage does not answer for the moment; nothing was stored. Send the request again later.");
            case MISSING, CHANGED ->
                ProblemException.of(
                        ProblemCode.CONTENT_LOST, "Storage does not have these bytes as they were written. " + ifLost);
        };
    }

    private static ProblemException unavailable(String detail) {
        return ProblemException.of(ProblemCode.STORAGE_UNAVAILABLE, detail);
    }
}
