package io.sluice.api.messages.cloudevents;

import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.http.request.PercentEncoding;
import io.sluice.api.messages.post.Origin;
import io.sluice.api.messages.post.PostedEvent;
import io.sluice.contract.EventLimits;
import io.sluice.contract.json.JsonScanner;
import io.sluice.contract.json.JsonSyntaxException;
import io.vertx.core.MultiMap;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A CloudEvent in binary content mode: its attributes are headers, and the body is its data.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">HTTP Protocol
 *     Binding for CloudEvents</a>
 */
public final class CloudEventHeaders {

    private static final String PREFIX = "ce-";

    /** Data of an event that has none: a payload cannot be left out. */
    static final byte[] NO_DATA = {'n', 'u', 'l', 'l'};

    private CloudEventHeaders() {}

    /** True if there are any. */
    public static boolean areIn(MultiMap headers) {
        for (Map.Entry<String, String> header : headers) {
            if (isOne(header.getKey())) {
                return true;
            }
        }
        return false;
    }

    /** Names each of them, in a request that has several events. */
    public static void refuse(MultiMap headers, Violations violations) {
        headers.names().stream()
                .filter(CloudEventHeaders::isOne)
                .forEach(name -> violations.add(Violation.inHeader(
                        name, "must not be sent with many events; send them as application/cloudevents-batch+json")));
    }

    private static boolean isOne(String name) {
        return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    /**
     * Reads the event.
     *
     * @param violations what is wrong with the rest of the request
     * @throws ProblemException as {@link CloudEvent#posted}
     */
    public static PostedEvent read(MultiMap headers, byte[] body, Violations violations, Origin origin, Clock clock) {
        Map<String, String> attributes = new HashMap<>();
        for (Map.Entry<String, String> header : headers) {
            if (isOne(header.getKey())) {
                String name = header.getKey().substring(PREFIX.length()).toLowerCase(Locale.ROOT);
                if (attributes.put(name, decoded(name, header.getValue(), violations)) != null) {
                    violations.add(Violation.inHeader(PREFIX + name, "must be sent once"));
                }
            }
        }
        byte[] data = body.length == 0 ? NO_DATA : body;
        try {
            JsonScanner.check(data, EventLimits.MAX_NESTING);
        } catch (JsonSyntaxException e) {
            violations.add(Violation.inBody("must be one JSON value in UTF-8: " + e.getMessage()));
        }
        return new CloudEvent(attributes, (name, detail) -> Violation.inHeader(PREFIX + name, detail), violations)
                .posted(data, origin, clock);
    }

    /** The value, percent-decoded as section 3.1.3.2 has it; spaces need not be encoded, and quotes around it count for nothing. */
    private static String decoded(String name, String value, Violations violations) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        String text = quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
        String decoded = PercentEncoding.decode(text.replace(" ", "%20"));
        if (decoded == null) {
            violations.add(Violation.inHeader(PREFIX + name, "must be percent-encoded UTF-8"));
            return text;
        }
        return decoded;
    }
}
