package io.sluice.worker;

import io.sluice.runtime.settings.SettingsConfigSource;
import io.sluice.settings.Environment;
import java.util.Map;

/** Settings of the worker under the names that Quarkus reads. */
public final class WorkerConfigSource extends SettingsConfigSource {

    @Override
    protected Map<String, String> ofProgram(Environment environment) {
        return Map.of();
    }
}
