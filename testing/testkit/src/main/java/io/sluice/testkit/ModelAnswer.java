package io.sluice.testkit;

import java.util.List;
import java.util.Map;

/**
 * Answer of a {@link LanguageModelServer}.
 *
 * @param status of the response
 * @param headers of the response
 * @param parts of the text
 * @param ending of the stream
 * @param reason for the end, as OpenAI calls it: {@code stop}, {@code length} or {@code content_filter}
 * @param body of an error
 */
public record ModelAnswer(
        int status, Map<String, String> headers, List<String> parts, Ending ending, String reason, String body) {

    static final int OK = 200;

    /** Endings of a stream. */
    public enum Ending {
        /** The provider says that the answer has ended. */
        COMPLETE,
        /** The response ends, and the provider has not said so. */
        CUT,
        /** The connection ends within the response. */
        BROKEN,
        /** An error takes the place of the end. */
        ERROR,
        /** Nothing but comments comes until the client leaves. */
        OPEN,
        /** There is no text either. */
        SILENT
    }

    /** A complete one. */
    public static ModelAnswer text(String... parts) {
        return stream(Ending.COMPLETE, parts);
    }

    /** One with an ending of any kind. */
    public static ModelAnswer stream(Ending ending, String... parts) {
        return new ModelAnswer(OK, Map.of(), List.of(parts), ending, "stop", "");
    }

    /** An error in place of an answer. */
    public static ModelAnswer error(int status, String body) {
        return new ModelAnswer(status, Map.of(), List.of(), Ending.COMPLETE, "stop", body);
    }

    /** The same with another reason for its end. */
    public ModelAnswer because(String why) {
        return new ModelAnswer(status, headers, parts, ending, why, body);
    }

    /** The same with another header. */
    public ModelAnswer with(String header, String value) {
        return new ModelAnswer(status, Map.of(header, value), parts, ending, reason, body);
    }

    /** The same with an error in the stream, in JSON. */
    public ModelAnswer withError(String error) {
        return new ModelAnswer(status, headers, parts, ending, reason, error);
    }
}
