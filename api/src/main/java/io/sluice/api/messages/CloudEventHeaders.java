package io.sluice.api.messages;

import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Map;

/**
 * The headers of a CloudEvent in binary content mode, which is not supported: passed over, an event would be stored without what its
 * client says of it, its id included.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">HTTP Protocol
 *     Binding for CloudEvents</a>
 */
final class CloudEventHeaders {

    private static final String PREFIX = "ce-";

    private CloudEventHeaders() {}

    /** Names each of them, with what to send instead. */
    static void refuse(MultiMap headers, Violations violations) {
        for (Map.Entry<String, String> header : headers) {
            if (isOne(header.getKey())) {
                headers.names().stream()
                        .filter(CloudEventHeaders::isOne)
                        .forEach(name -> violations.add(Violation.inHeader(name, remedy(name))));
                return;
            }
        }
    }

    private static boolean isOne(String name) {
        return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    private static String remedy(String name) {
        String instead =
                switch (name.substring(PREFIX.length()).toLowerCase(Locale.ROOT)) {
                    case "id" -> "send id in the body, or Idempotency-Key, instead";
                    case "type" -> "send type in the body instead";
                    case "subject" -> "send subject in the body instead";
                    case "partitionkey" -> "send key in the body instead";
                    default -> "leave it out, and put what matters into the payload";
                };
        return "must not be sent, CloudEvents are not taken; " + instead;
    }
}
