package io.sluice.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Servers for the tests of a Quarkus program that stop or kill them, or cut them off, and leave them running with the topics as init-job
 * makes them: {@code @WithTestResource(OwnServers.class)}. All of these share the servers and the program; a test that cannot has the
 * scope {@code RESTRICTED_TO_CLASS}. Injected into a field of type {@link Servers}, and the network between the program and Kafka, which
 * a test can disturb, into one of type {@link TcpProxy}.
 */
public final class OwnServers implements QuarkusTestResourceLifecycleManager {

    /** A broker that makes the topics that a client asks for, and keeps rights, of which everybody has all until a test denies one. */
    private static final Map<String, String> KAFKA_SETTINGS = Map.of(
            "auto.create.topics.enable", "true",
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "allow.everyone.if.no.acl.found", "true");

    private final TcpProxy proxy = TcpProxy.start(0, 0);
    private @Nullable Servers servers;

    @Override
    public Map<String, String> start() {
        servers = Servers.startBehind(proxy, KAFKA_SETTINGS);
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
