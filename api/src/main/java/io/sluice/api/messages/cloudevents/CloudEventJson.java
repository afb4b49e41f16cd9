package io.sluice.api.messages.cloudevents;

import io.sluice.api.http.body.JsonContent;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.messages.post.Origin;
import io.sluice.api.messages.post.PostedEvent;
import io.sluice.contract.EventLimits;
import io.sluice.contract.json.JsonMember;
import io.sluice.contract.json.JsonScanner;
import io.sluice.contract.json.JsonStrings;
import io.sluice.contract.json.JsonSyntaxException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A CloudEvent in structured content mode, or of a batch: a JSON object that has attributes and data.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">JSON Event Format for
 *     CloudEvents</a>
 */
public final class CloudEventJson {

    /** The media type of one. */
    public static final String MEDIA_TYPE = "application/cloudevents+json";

    /** The media type of an array of them. */
    public static final String BATCH_MEDIA_TYPE = "application/cloudevents-batch+json";

    private final byte[] json;
    private final Violations violations;
    private final Map<String, String> attributes = new HashMap<>();
    private byte[] data = CloudEventHeaders.NO_DATA;

    private CloudEventJson(byte[] json, Violations violations) {
        this.json = json;
        this.violations = violations;
    }

    /**
     * Reads the event.
     *
     * @param violations what is wrong with the rest of the request
     * @throws ProblemException as {@link CloudEvent#posted}
     */
    public static PostedEvent read(byte[] json, Violations violations, Origin origin, Clock clock) {
        CloudEventJson event = new CloudEventJson(json, violations);
        event.read();
        return new CloudEvent(event.attributes, Violation::inMember, violations).posted(event.data, origin, clock);
    }

    private void read() {
        List<JsonMember> members;
        try {
            members = JsonScanner.members(json, EventLimits.MAX_NESTING);
        } catch (JsonSyntaxException e) {
            violations.add(JsonContent.notJson(json, e));
            throw violations.problem();
        }
        boolean hasData = false;
        for (JsonMember member : members) {
            if (!member.name().equals("data")) {
                attribute(member);
            } else if (hasData) {
                violation(member, "stands twice; leave one of them out");
            } else {
                hasData = true;
                data = Arrays.copyOfRange(json, member.start(), member.end());
            }
        }
    }

    private void attribute(JsonMember member) {
        if (member.name().equals("data_base64")) {
            violation(member, "is not taken; send JSON as data");
        } else if (json[member.start()] == '"') {
            String text = JsonStrings.unescape(json, member.start(), member.end());
            if (attributes.put(member.name(), text) != null) {
                violation(member, "stands twice; leave one of them out");
            }
        } else if (json[member.start()] == 'n') {
            return;
        } else if (CloudEvent.isKept(member.name())) {
            violation(member, "must be a string");
        } else {
            attributes.put(member.name(), "");
        }
    }

    private void violation(JsonMember member, String detail) {
        violations.add(Violation.inMember(member.name(), detail));
    }
}
