package io.sluice.api.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a body that is to be JSON has to declare itself as. JAX-RS alone takes a body without a type, and any charset. */
public final class JsonContent {

    private static final Pattern JSON_IN_UTF_8 =
            Pattern.compile("application/json\\s*(;\\s*charset\\s*=\\s*(\"utf-8\"|utf-8)\\s*)?;?\\s*");

    private JsonContent() {}

    /**
     * Checks the headers.
     *
     * @throws ProblemException {@link ProblemCode#UNSUPPORTED_MEDIA_TYPE} unless they declare JSON in UTF-8, not compressed
     */
    public static void require(MultiMap headers) {
        String type = headers.get(HttpHeaders.CONTENT_TYPE);
        if (type == null
                || !JSON_IN_UTF_8.matcher(type.strip().toLowerCase(Locale.ROOT)).matches()) {
            throw unsupported("Send JSON in UTF-8 with Content-Type: application/json.");
        }
        @Nullable String encoding = headers.get(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            throw unsupported("Send the body as it is, without a Content-Encoding.");
        }
    }

    private static ProblemException unsupported(String detail) {
        return ProblemException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, detail);
    }
}
