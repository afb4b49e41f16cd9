package io.sluice.api.images;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.images.ImageRefusedException.Rule;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Problems of requests for images. */
final class ImageProblems {

    /** The database has not said what it has done with an upload. */
    static final String UPLOAD_UNKNOWN =
            "The database does not answer, and it is not known whether the image was taken. Send it again: the same bytes are one image.";

    /** The database has not said what it has done with a change. */
    static final String CHANGE_UNKNOWN =
            "The database does not answer, and it is not known whether the image was changed. Send the request again.";

    static final String UNREADABLE = "The database cannot be read for the moment; try again later.";

    /** Storage has lost the bytes. */
    static final String LOST =
            "Upload the image again, which stores them anew; POST /api/v1/images/{id}/detections makes overlay and mask anew.";

    private static final String MEDIA_TYPES =
            Stream.of(ImageFormat.values()).map(ImageFormat::mediaType).collect(Collectors.joining(", "));

    private ImageProblems() {}

    /** An image that is not taken; {@link ProblemCode#UNSUPPORTED_MEDIA_TYPE} if it is of no format that is. */
    static ProblemException refused(ImageRefusedException refused) {
        String detail = String.valueOf(refused.getMessage());
        return refused.rule() == Rule.FORMAT
                ? ProblemException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, detail)
                        .with("Accept", MEDIA_TYPES)
                : ProblemException.of(ProblemCode.IMAGE_REFUSED, detail);
    }

    /** Also where the image is another's. */
    static ProblemException notFound() {
        return ProblemException.of(
                ProblemCode.NOT_FOUND, "You have no image of this id; GET /api/v1/images lists those that you have.");
    }

    /** Problem of what only an analysis makes. */
    static ProblemException notAnalysed() {
        return ProblemException.of(
                ProblemCode.NOT_FOUND,
                "The image is not analysed yet; GET /api/v1/images/{id} until its status is done, or failed with the reason.");
    }

    static ProblemException noObject() {
        return ProblemException.of(
                ProblemCode.NOT_FOUND,
                "The image has no object of this id; GET /api/v1/images/{id}/objects lists those that it has.");
    }
}
