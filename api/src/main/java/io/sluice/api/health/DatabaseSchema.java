package io.sluice.api.health;

import io.agroal.api.AgroalDataSource;
import io.sluice.runtime.health.DatabaseSchemaCheck;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The one check of PostgreSQL that several health answers share. */
@Dependent
class DatabaseSchema {

    /** The oldest schema that this program can read. */
    private static final int MINIMUM = 13;

    @Produces
    @Singleton
    DatabaseSchemaCheck check(AgroalDataSource pool) {
        return new DatabaseSchemaCheck(pool, MINIMUM);
    }

    void stop(@Disposes DatabaseSchemaCheck check) {
        check.close();
    }
}
