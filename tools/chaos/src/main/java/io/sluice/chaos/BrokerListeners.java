package io.sluice.chaos;

import io.sluice.local.FreePort;
import io.sluice.testkit.TcpProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Settings of a broker with a listener for each program, because the address that a broker advertises depends on the
 * listener alone: each program returns to the proxy that it came by.
 */
final class BrokerListeners {

    private BrokerListeners() {}

    private record Listener(String name, int port, int advertisedPort) {

        String at(int port) {
            return "%s://127.0.0.1:%d".formatted(name, port);
        }
    }

    /**
     * Returns the settings, and targets the proxies at the listeners.
     *
     * @param port for clients without a proxy
     */
    static Map<String, String> at(int port, Map<Target, TcpProxy> links) {
        int controllerPort = FreePort.find();
        List<Listener> listeners = new ArrayList<>();
        listeners.add(new Listener("CLIENTS", port, port));
        links.forEach((link, proxy) -> {
            if (link.to() == Target.KAFKA) {
                Listener listener = new Listener(link.name(), FreePort.find(), proxy.port());
                proxy.target(listener.port());
                listeners.add(listener);
            }
        });
        return Map.of(
                "listeners",
                        join(listeners, listener -> listener.at(listener.port())) + ",CONTROLLER://127.0.0.1:"
                                + controllerPort,
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                "advertised.listeners", join(listeners, listener -> listener.at(listener.advertisedPort())),
                "listener.security.protocol.map",
                        join(listeners, listener -> listener.name() + ":PLAINTEXT") + ",CONTROLLER:PLAINTEXT");
    }

    private static String join(List<Listener> listeners, Function<Listener, String> part) {
        return listeners.stream().map(part).collect(Collectors.joining(","));
    }
}
