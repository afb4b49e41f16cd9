package io.sluice.settings;

import java.util.List;

/** Address and ports of a program's HTTP servers. */
public final class HttpSettings {

    private final String host;
    private final int port;
    private final int managementPort;

    /** Reads them. */
    public HttpSettings(Environment environment) {
        host = environment.text(Setting.HTTP_HOST);
        port = environment.number(Setting.HTTP_PORT);
        managementPort = environment.number(Setting.MANAGEMENT_PORT);
        if (port == managementPort && environment.areRight(List.of(Setting.HTTP_PORT, Setting.MANAGEMENT_PORT))) {
            environment.conflict("HTTP_PORT and MANAGEMENT_PORT must differ; give one of them another port");
        }
    }

    /** Address to listen at. */
    public String host() {
        return host;
    }

    /** TCP port to listen at. */
    public int port() {
        return port;
    }

    /** TCP port to show metrics at, and nothing else. */
    public int managementPort() {
        return managementPort;
    }
}
