package io.sluice.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * The {@link Servers#shared() shared servers} for a test of a Quarkus program:
 * {@code @WithTestResource(SluiceServers.class)}. Gives the program {@code KAFKA_BOOTSTRAP_SERVERS} and {@code DATABASE_URL}.
 */
public final class SluiceServers implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Servers.shared().environment();
    }

    /** The servers stay for the next test. */
    @Override
    public void stop() {}
}
