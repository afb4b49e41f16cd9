package io.sluice.api.http.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.contract.json.JsonSyntaxException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The media type of JSON bodies. JAX-RS alone takes a body without a type, and any charset. */
public final class JsonContent {

    /**
     * The media type of JSON values, one in each line.
     *
     * @see <a href="https://github.com/ndjson/ndjson-spec">Newline Delimited JSON</a>
     */
    public static final String ND_JSON = "application/x-ndjson";

    /** Parameters other than the charset mean nothing to JSON, and are passed over: RFC 2045, section 5.1. */
    private static final String PARAMETERS =
            "\\s*+(?:;\\s*+(?:charset\\s*+=\\s*+(?:\"utf-8\"|utf-8)|(?!charset\\s*+=)[^\\s;=]++=(?:\"[^\"]*+\"|[^\\s;=\"]++))?+\\s*+)*+";

    private static final Pattern JSON_IN_UTF_8 = inUtf8(MediaType.APPLICATION_JSON);
    private static final Pattern MERGE_PATCH_IN_UTF_8 = inUtf8(ProblemException.MERGE_PATCH);

    /** Some editors and shells begin every text with it; JSON must not: RFC 8259, section 8.1. */
    private static final byte[] BYTE_ORDER_MARK = "\ufeff".getBytes(UTF_8);

    private JsonContent() {}

    /**
     * Checks the headers.
     *
     * @throws ProblemException {@link ProblemCode#UNSUPPORTED_MEDIA_TYPE} unless they declare JSON in UTF-8, not compressed
     */
    public static void require(MultiMap headers) {
        require(JSON_IN_UTF_8, headers, ProblemException::unsupportedMediaType);
    }

    /** The same for another media type of JSON. */
    public static void require(Pattern mediaTypeInUtf8, MultiMap headers) {
        require(mediaTypeInUtf8, headers, ProblemException::unsupportedMediaType);
    }

    /** The pattern of a media type's declaration with UTF-8 or no charset, to be {@link #isDeclared looked for} in headers. */
    public static Pattern inUtf8(String mediaType) {
        return Pattern.compile(Pattern.quote(mediaType) + PARAMETERS, Pattern.CASE_INSENSITIVE);
    }

    /** True if the headers declare this media type, and no other; they may declare a content coding. */
    public static boolean isDeclared(Pattern mediaTypeInUtf8, MultiMap headers) {
        List<String> types = headers.getAll(HttpHeaders.CONTENT_TYPE);
        return types.size() == 1
                && mediaTypeInUtf8.matcher(types.get(0).strip()).matches();
    }

    /** The same for a JSON Merge Patch. */
    static void requireMergePatch(MultiMap headers) {
        require(MERGE_PATCH_IN_UTF_8, headers, ProblemException::unsupportedPatch);
    }

    private static void require(Pattern mediaType, MultiMap headers, Supplier<ProblemException> otherwise) {
        if (!isDeclared(mediaType, headers)) {
            throw otherwise.get();
        }
        ContentEncoding.requireNone(headers);
    }

    /** The violation of a body that is not JSON. */
    public static Violation notJson(byte[] body, JsonSyntaxException e) {
        boolean marked = Arrays.mismatch(body, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length;
        return Violation.inBody(
                "must be one JSON object in UTF-8" + (marked ? ", without a byte order mark" : ": " + e.getMessage()));
    }
}
