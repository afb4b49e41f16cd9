package io.sluice.api.http.body;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.HeaderList;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The content codings of bodies: RFC 9110, section 8.4. */
public final class ContentEncoding {

    /** Two names of one coding: RFC 9110, section 8.4.1.3. */
    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

    private ContentEncoding() {}

    /**
     * Checks the headers.
     *
     * @throws ProblemException {@link ProblemCode#UNSUPPORTED_MEDIA_TYPE} if they declare that the body is encoded
     */
    static void requireNone(MultiMap headers) {
        if (!codings(headers).isEmpty()) {
            throw ProblemException.of(
                            ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send the body as it is, without a Content-Encoding.")
                    .with("Accept-Encoding", "identity");
        }
    }

    /**
     * True if the headers declare that the body is compressed by gzip, false if that it is not encoded.
     *
     * @throws ProblemException {@link ProblemCode#UNSUPPORTED_MEDIA_TYPE} if they declare anything else
     */
    public static boolean isGzip(MultiMap headers) {
        List<String> codings = codings(headers);
        boolean gzip = codings.size() == 1 && GZIP.contains(codings.get(0).toLowerCase(Locale.ROOT));
        if (!gzip && !codings.isEmpty()) {
            throw ProblemException.of(
                            ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                            "Send the body as it is, or compressed once, with Content-Encoding: gzip.")
                    .with("Accept-Encoding", "gzip, identity");
        }
        return gzip;
    }

    private static List<String> codings(MultiMap headers) {
        return HeaderList.elements(headers.getAll(HttpHeaders.CONTENT_ENCODING)).stream()
                .filter(coding -> !coding.equalsIgnoreCase("identity"))
                .toList();
    }
}
