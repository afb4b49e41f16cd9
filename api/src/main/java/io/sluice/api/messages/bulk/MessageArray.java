package io.sluice.api.messages.bulk;

import io.sluice.api.http.body.JsonContent;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.messages.post.PostedEvent;
import io.sluice.contract.EventLimits;
import io.sluice.contract.json.JsonElement;
import io.sluice.contract.json.JsonScanner;
import io.sluice.contract.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Events that a client posts as one JSON array. */
public final class MessageArray {

    /** Most events of an array; more of them come in lines. */
    static final int MAX_EVENTS = 500;

    private MessageArray() {}

    /** True if this may be a JSON array, by its first character. */
    public static boolean isOne(byte[] body) {
        for (byte b : body) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b == '[';
            }
        }
        return false;
    }

    /**
     * Reads each event.
     *
     * @param read makes an event of an element's bytes
     * @throws ProblemException {@link ProblemCode#INVALID_REQUEST} if the body is no JSON array, or has too many elements
     */
    public static List<BulkEvent> read(byte[] body, Function<byte[], PostedEvent> read) {
        List<JsonElement> elements = elements(body);
        if (elements.size() > MAX_EVENTS) {
            throw ProblemException.invalid(Violation.inBody("must have at most " + MAX_EVENTS + " events, but has "
                    + elements.size() + "; send more in lines, as " + JsonContent.ND_JSON));
        }
        List<BulkEvent> events = new ArrayList<>();
        for (JsonElement element : elements) {
            byte[] event = Arrays.copyOfRange(body, element.start(), element.end());
            events.add(BulkEvent.read(events.size() + 1, () -> read.apply(event)));
        }
        return events;
    }

    private static List<JsonElement> elements(byte[] body) {
        try {
            // An event is an object, whose payload may nest as deep.
            return JsonScanner.elements(body, EventLimits.MAX_NESTING + 1);
        } catch (JsonSyntaxException e) {
            throw ProblemException.invalid(JsonContent.notJson(body, e));
        }
    }
}
