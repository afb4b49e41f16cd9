package io.sluice.api.connections;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The limits, for whoever takes them in its constructor. Tests have others. */
@Dependent
class ConnectionLimitsProducer {

    @Produces
    @Singleton
    @DefaultBean
    ConnectionLimits limits() {
        return ConnectionLimits.defaults();
    }
}
