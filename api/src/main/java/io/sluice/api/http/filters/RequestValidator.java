package io.sluice.api.http.filters;

import io.sluice.api.http.paging.Query;
import io.sluice.api.http.pipeline.RequestHandler;
import io.sluice.api.http.pipeline.RequestStage;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.request.HeaderList;
import io.sluice.api.http.request.PercentEncoding;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/**
 * Validates what every request has to keep to. The server lets some faults pass, and would answer others without a
 * problem document; a request that it cannot parse never gets here.
 */
@ApplicationScoped
class RequestValidator implements RequestHandler {

    /** Longest target of a request; at least 8000 octets are recommended by RFC 9110, section 4.1. */
    static final int MAX_TARGET_BYTES = 8 << 10;

    static final int MAX_HEADER_BYTES = 20 << 10;

    /** The longest token that is taken: it is not counted, because those of some issuers would leave little to the rest. */
    private static final int MAX_TOKEN_BYTES = 16 << 10;

    /** Most fields of a head, as other servers have it: even so many of few bytes each cost more than they are worth. */
    static final int MAX_HEADERS = 100;

    @Override
    public RequestStage stage() {
        return RequestStage.VALIDATION;
    }

    @Override
    public void handle(RoutingContext context) {
        check(context.request());
        dropEmptyElements(context.request().headers());
        context.next();
    }

    /** Empty elements of what is accepted say nothing: RFC 9110, section 5.6.1.2. The framework finds nothing acceptable then, or fails. */
    private static void dropEmptyElements(MultiMap headers) {
        List<String> accepted = headers.getAll(HttpHeaders.ACCEPT);
        List<String> elements = HeaderList.elements(accepted);
        if (elements.isEmpty()) {
            headers.remove(HttpHeaders.ACCEPT);
        } else if (!elements.equals(accepted)) {
            headers.set(HttpHeaders.ACCEPT, String.join(", ", elements));
        }
    }

    private static void check(HttpServerRequest request) {
        checkVersion(request);
        checkTarget(request);
        checkSize(request);
        if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
            throw invalidHost();
        }
        checkTransferEncoding(request);
    }

    /** RFC 9110, section 2.5. */
    private static void checkVersion(HttpServerRequest request) {
        if (request.version() == null) {
            throw invalid("The request is of an unknown version of HTTP; send HTTP/1.1 or HTTP/2.");
        }
    }

    private static void checkTarget(HttpServerRequest request) {
        int length = request.uri().length();
        if (length > MAX_TARGET_BYTES) {
            throw ProblemException.of(
                    ProblemCode.URI_TOO_LONG,
                    "Path and query may have at most %d bytes, but have %d; shorten them."
                            .formatted(MAX_TARGET_BYTES, length));
        }
        if (PercentEncoding.decode(request.path()) == null) {
            throw invalid("The path must be percent-encoded UTF-8, with two hexadecimal digits behind each %.");
        }
        Query.parse(request.query());
    }

    private static void checkSize(HttpServerRequest request) {
        int fields = 0;
        int bytes = 0;
        for (Map.Entry<String, String> field : request.headers()) {
            fields++;
            bytes += field.getKey().length() + field.getValue().length() + ": \r\n".length();
        }
        String credential = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (credential != null) {
            bytes -= Math.min(credential.length(), MAX_TOKEN_BYTES);
        }
        if (bytes > MAX_HEADER_BYTES) {
            throw ProblemException.of(
                    ProblemCode.HEADERS_TOO_LARGE,
                    "The headers may have at most %d bytes, but have %d; send fewer or shorter ones."
                            .formatted(MAX_HEADER_BYTES, bytes));
        }
        if (fields > MAX_HEADERS) {
            throw ProblemException.of(
                    ProblemCode.HEADERS_TOO_LARGE,
                    "A request may have at most %d header fields, but has %d; send fewer."
                            .formatted(MAX_HEADERS, fields));
        }
    }

    /** RFC 9112, sections 6.1 and 6.3: where such a body ends is not sure, so that nothing behind it can be taken for a request. */
    private static void checkTransferEncoding(HttpServerRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        if (codings.isEmpty()) {
            return;
        }
        if (codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked")) {
            throw ofUnsureEnd("must be chunked, or left out");
        }
        if (request.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            throw ofUnsureEnd("must not be sent with a Content-Length; leave one of them out");
        }
        if (request.version() == HttpVersion.HTTP_1_0) {
            throw ofUnsureEnd("is not known to HTTP/1.0; send HTTP/1.1, or a Content-Length");
        }
    }

    private static ProblemException ofUnsureEnd(String remedy) {
        return ProblemException.invalid(Violation.inHeader("Transfer-Encoding", remedy))
                .with("Connection", "close");
    }

    /** The problem that the router has found before any stage: no path, or no host. */
    static ProblemException refusedByRouter(HttpServerRequest request) {
        return request.path().isEmpty() ? invalid("The path is missing; it begins with a slash.") : invalidHost();
    }

    private static ProblemException invalidHost() {
        return ProblemException.invalid(
                Violation.inHeader("Host", "must be sent once and name the host, as in Host: api.example.org"));
    }

    private static ProblemException invalid(String detail) {
        return ProblemException.of(ProblemCode.INVALID_REQUEST, detail);
    }
}
