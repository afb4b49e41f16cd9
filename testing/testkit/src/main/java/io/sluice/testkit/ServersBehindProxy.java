package io.sluice.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Like {@link OwnServers}, with a network between the program and Kafka that the test can disturb, injected into a
 * field of type {@link TcpProxy}.
 */
public final class ServersBehindProxy implements QuarkusTestResourceLifecycleManager {

    private final TcpProxy proxy = TcpProxy.start(0, 0);
    private @Nullable Servers servers;

    @Override
    public Map<String, String> start() {
        servers = Servers.startBehind(proxy);
        return servers.addresses().environment();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(servers, field -> field.getType().equals(Servers.class));
        injector.injectIntoFields(proxy, field -> field.getType().equals(TcpProxy.class));
    }

    @Override
    public void stop() {
        if (servers != null) {
            servers.close();
        }
        proxy.close();
    }
}
