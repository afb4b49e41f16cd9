package io.sluice.testkit;

import io.micrometer.core.instrument.Metrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Removes the meters of the program that ran before in the JVM of the tests, when the next one begins. Micrometer's global registry
 * outlives both, and gives the next one gauges that belong to objects of the one before: they show its values, or nothing at all
 * once those objects are collected.
 */
@Singleton
class FreshMeters {

    void removeAll(@Observes @Initialized(ApplicationScoped.class) Object event) {
        Metrics.globalRegistry.getMeters().forEach(Metrics.globalRegistry::remove);
    }
}
