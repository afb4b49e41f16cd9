package io.sluice.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * Behind a proxy, which is on this machine; and about health, with a phrase of its own. No test needs both, and none is disturbed by the
 * other: they share one program.
 */
public final class OtherSettings implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "HTTP_TRUSTED_PROXIES",
                "127.0.0.0/8,::1",
                "CHAT_PROFILE",
                "healthcare",
                "CHAT_EMERGENCY_PHRASES",
                "snake bite/bites");
    }
}
