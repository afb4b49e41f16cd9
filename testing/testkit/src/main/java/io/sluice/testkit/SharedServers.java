package io.sluice.testkit;

import io.sluice.testkit.Servers.Addresses;

/**
 * The pair of servers of this JVM. Quarkus loads this class once for each program that it starts, so its static fields
 * exist several times: the addresses are kept in system properties, and {@link Reaper} stops the servers.
 */
final class SharedServers {

    private static final String KAFKA = "sluice.testkit.kafka";
    private static final String DATABASE = "sluice.testkit.database";

    /** An interned string is the same object for all class loaders. */
    private static final Object LOCK = "lock of the servers that the tests of this JVM share".intern();

    private SharedServers() {}

    static Addresses addresses() {
        synchronized (LOCK) {
            String kafka = System.getProperty(KAFKA);
            String database = System.getProperty(DATABASE);
            return kafka == null || database == null ? start() : new Addresses(kafka, database);
        }
    }

    private static Addresses start() {
        Servers servers = Servers.start();
        Reaper.await(servers);
        Addresses addresses = servers.addresses();
        System.setProperty(KAFKA, addresses.kafkaBootstrapServers());
        System.setProperty(DATABASE, addresses.databaseUrl());
        return addresses;
    }
}
