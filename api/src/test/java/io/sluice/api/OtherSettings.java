package io.sluice.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.sluice.api.connections.SmallLimits;
import java.util.Map;
import java.util.Set;

/**
 * Behind a proxy, which is on this machine; about health, with a phrase of its own; and with the memory of a heap of 64 MiB. No test needs
 * all of these, and none is disturbed by the others: they share one program.
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

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(SmallLimits.class);
    }
}
