package io.sluice.api.messages;

import io.sluice.api.http.body.JsonContent;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.messages.cloudevents.CloudEventJson;
import io.vertx.core.MultiMap;
import jakarta.ws.rs.core.MediaType;
import java.util.regex.Pattern;

/** The forms in which events are posted. */
enum MessageForm {
    /** An event, an array of them, or the data of a CloudEvent whose attributes are headers. */
    JSON(MediaType.APPLICATION_JSON),
    /** An event in each line. */
    LINES(JsonContent.ND_JSON),
    /** A CloudEvent. */
    CLOUD_EVENT(CloudEventJson.MEDIA_TYPE),
    /** An array of CloudEvents. */
    CLOUD_EVENTS(CloudEventJson.BATCH_MEDIA_TYPE);

    private final Pattern mediaType;

    MessageForm(String mediaType) {
        this.mediaType = JsonContent.inUtf8(mediaType);
    }

    /** The form that the headers declare, {@link #JSON} if they declare none of these. */
    static MessageForm of(MultiMap headers) {
        for (MessageForm form : values()) {
            if (JsonContent.isDeclared(form.mediaType, headers)) {
                return form;
            }
        }
        return JSON;
    }

    /**
     * Checks that the headers declare this form, not compressed.
     *
     * @throws ProblemException {@link ProblemCode#UNSUPPORTED_MEDIA_TYPE} if they do not
     */
    void require(MultiMap headers) {
        JsonContent.require(mediaType, headers);
    }
}
