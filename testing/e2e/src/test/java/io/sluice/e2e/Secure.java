package io.sluice.e2e;

import io.sluice.testkit.SecureServers;

/** Servers that encrypt, started when a test first asks for them, and shared by all that do. */
final class Secure {

    private static final SecureServers SERVERS = SecureServers.start();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SERVERS::close));
    }

    private Secure() {}

    static SecureServers servers() {
        return SERVERS;
    }
}
