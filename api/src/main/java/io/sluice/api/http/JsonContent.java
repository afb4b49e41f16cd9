package io.sluice.api.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.regex.Pattern;

/** What a body that is to be JSON has to declare itself as. JAX-RS alone takes a body without a type, and any charset. */
public final class JsonContent {

    /** Parameters other than the charset mean nothing to JSON, and are passed over: RFC 2045, section 5.1. */
    private static final Pattern JSON_IN_UTF_8 = Pattern.compile(
            "application/json\\s*+"
                    + "(?:;\\s*+(?:charset\\s*+=\\s*+(?:\"utf-8\"|utf-8)|(?!charset\\s*+=)[^\\s;=]++=(?:\"[^\"]*+\"|[^\\s;=\"]++))?+\\s*+)*+",
            Pattern.CASE_INSENSITIVE);

    private JsonContent() {}

    /**
     * Checks the headers.
     *
     * @throws ProblemException {@link ProblemCode#UNSUPPORTED_MEDIA_TYPE} unless they declare JSON in UTF-8, not compressed
     */
    public static void require(MultiMap headers) {
        List<String> types = headers.getAll(HttpHeaders.CONTENT_TYPE);
        if (types.size() != 1 || !JSON_IN_UTF_8.matcher(types.get(0).strip()).matches()) {
            throw unsupported();
        }
        for (String coding : HeaderList.elements(headers.getAll(HttpHeaders.CONTENT_ENCODING))) {
            if (!coding.equalsIgnoreCase("identity")) {
                throw unsupported("Send the body as it is, without a Content-Encoding.", "Accept-Encoding", "identity");
            }
        }
    }

    static ProblemException unsupported() {
        return unsupported(
                "Send JSON in UTF-8, with one header Content-Type: application/json.", "Accept", "application/json");
    }

    /** Says what is supported in the header that RFC 9110, section 15.5.16, has for it. */
    private static ProblemException unsupported(String detail, String header, String supported) {
        return ProblemException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, detail).with(header, supported);
    }
}
