package io.sluice.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;

/**
 * A pod of one container.
 *
 * @param json as the cluster had it when it was asked
 */
record Pod(JsonNode json) {

    String name() {
        return json.at("/metadata/name").textValue();
    }

    boolean isReady() {
        return json.at("/status/containerStatuses/0/ready").booleanValue();
    }

    /** True if its container is, or was, in a state, as in {@code state/running}. */
    boolean is(String state) {
        return json.at("/status/containerStatuses/0/" + state).isObject();
    }

    int restarts() {
        return json.at("/status/containerStatuses/0/restartCount").intValue();
    }

    /** From the start of its container, in whole seconds. */
    Duration untilReady() {
        Instant started = Instant.parse(
                json.at("/status/containerStatuses/0/state/running/startedAt").textValue());
        for (JsonNode condition : json.at("/status/conditions")) {
            if (condition.path("type").textValue().equals("Ready")) {
                return Duration.between(
                        started,
                        Instant.parse(condition.path("lastTransitionTime").textValue()));
            }
        }
        throw new AssertionError("not ready: " + json);
    }
}
