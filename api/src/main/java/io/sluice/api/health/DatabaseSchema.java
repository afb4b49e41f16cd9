package io.sluice.api.health;

import io.agroal.api.AgroalDataSource;
import io.sluice.runtime.health.DatabaseSchemaCheck;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** PostgreSQL in {@code /health}. No probe depends on it: events are taken without PostgreSQL. {@link ReadyCheck} asks the same check. */
@Dependent
class DatabaseSchema {

    @Produces
    @Singleton
    @Default
    @Wellness
    DatabaseSchemaCheck check(AgroalDataSource pool) {
        return new DatabaseSchemaCheck(pool);
    }

    void stop(@Disposes DatabaseSchemaCheck check) {
        check.close();
    }
}
