package io.sluice.api.security;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/** With a key, a limit of one request a second for each caller, and without dead letters. */
public final class OneRequestASecond implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(new AuthenticationTest.WithSecret().getConfigOverrides());
        settings.put("RATE_LIMIT", "1");
        settings.put("FEATURES", "messages");
        return settings;
    }
}
