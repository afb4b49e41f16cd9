package io.sluice.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Servers for the tests of a Quarkus program that stop or kill them, and leave them running:
 * {@code @WithTestResource(OwnServers.class)}. Injected into a field of type {@link Servers}. The annotation's {@code initArgs} are
 * settings of the broker. Test classes with the same arguments share the servers and the program; one that cannot has the scope
 * {@code RESTRICTED_TO_CLASS}.
 */
public final class OwnServers implements QuarkusTestResourceLifecycleManager {

    private Map<String, String> kafkaSettings = Map.of();
    private @Nullable Servers servers;

    @Override
    public void init(Map<String, String> kafkaSettings) {
        this.kafkaSettings = kafkaSettings;
    }

    @Override
    public Map<String, String> start() {
        servers = Servers.start(kafkaSettings);
        return servers.addresses().environment();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(servers, field -> field.getType().equals(Servers.class));
    }

    @Override
    public void stop() {
        if (servers != null) {
            servers.close();
        }
    }
}
