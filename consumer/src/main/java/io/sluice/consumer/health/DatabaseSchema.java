package io.sluice.consumer.health;

import io.agroal.api.AgroalDataSource;
import io.sluice.runtime.health.DatabaseSchemaCheck;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.Readiness;

/** Readiness: PostgreSQL answers, with a schema that this program can write. */
@Dependent
class DatabaseSchema {

    @Produces
    @Singleton
    @Readiness
    DatabaseSchemaCheck check(AgroalDataSource pool) {
        return new DatabaseSchemaCheck(pool);
    }

    void stop(@Disposes @Readiness DatabaseSchemaCheck check) {
        check.close();
    }
}
