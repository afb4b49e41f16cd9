package io.sluice.chaos;

import io.sluice.local.FreePort;
import io.sluice.testkit.TcpProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Settings of a broker that sends each program back to the proxy that it came by: a listener for each, because what a broker
 * advertises depends on the listener alone.
 */
final class BrokerListeners {

    private BrokerListeners() {}

    private record Listener(String name, int port, int advertisedPort) {

        String at(int port) {
            return "%s://127.0.0.1:%d".formatted(name, port);
        }
    }

    /**
     * Makes the settings, and leads the proxies to the listeners.
     *
     * @param port for those who come by no proxy
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
