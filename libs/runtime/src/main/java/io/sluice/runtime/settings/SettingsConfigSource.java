package io.sluice.runtime.settings;

import io.sluice.runtime.database.DatabaseCredentials;
import io.sluice.settings.DatabasePoolSettings;
import io.sluice.settings.DatabaseSettings;
import io.sluice.settings.DatabaseUrl;
import io.sluice.settings.Environment;
import io.sluice.settings.HttpSettings;
import io.sluice.settings.LogSettings;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the environment under the names that Quarkus reads. A program adds its own properties, and names its class in {@code
 * META-INF/services/io.smallrye.config.ConfigSourceFactory}.
 */
public abstract class SettingsConfigSource implements ConfigSourceFactory {

    /** Above application.properties, below the environment and system properties. */
    static final int ORDINAL = 275;

    /** A source for a program to extend. */
    protected SettingsConfigSource() {}

    /** Properties that this program adds; they are used only if nothing is wrong with the settings that it reads. */
    protected abstract Map<String, String> ofProgram(Environment environment);

    @Override
    public final Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Map<String, String> quarkus = new HashMap<>();
        DatabaseSettings database = Environment.read(name -> value(context.getValue(name)), environment -> {
            quarkus.putAll(ofProgram(environment));
            putHttp(quarkus, new HttpSettings(environment));
            putLogs(quarkus, new LogSettings(environment), context);
            int connections = new DatabasePoolSettings(environment).size();
            quarkus.put("quarkus.datasource.jdbc.max-size", Integer.toString(connections));
            return new DatabaseSettings(environment);
        });
        putDatabase(quarkus, database);
        quarkus.put("sluice.pod", podName(context));
        // What is read from here may be an expression; no setting is one.
        quarkus.replaceAll((property, value) -> value.replace("$", "\\$"));
        return List.of(new Unlisted(quarkus));
    }

    /**
     * Gives a property to whoever asks for it by name, and lists none: the build writes all properties that are listed into the jar, as
     * the program's defaults, and a password of the build's own environment with them.
     */
    private static final class Unlisted extends PropertiesConfigSource {

        private static final long serialVersionUID = 1L;

        Unlisted(Map<String, String> properties) {
            super(properties, "settings", ORDINAL);
        }

        @Override
        public Set<String> getPropertyNames() {
            return Set.of();
        }
    }

    private static void putHttp(Map<String, String> quarkus, HttpSettings http) {
        quarkus.put("quarkus.http.host", http.host());
        quarkus.put("quarkus.http.port", Integer.toString(http.port()));
        quarkus.put("quarkus.management.host", http.host());
        quarkus.put("quarkus.management.port", Integer.toString(http.managementPort()));
    }

    private static void putLogs(Map<String, String> quarkus, LogSettings logs, ConfigSourceContext context) {
        quarkus.put("quarkus.log.level", logs.level());
        quarkus.put("quarkus.log.console.json.enabled", Boolean.toString(logs.json()));
        quarkus.put("quarkus.log.file.json.enabled", Boolean.toString(logs.json()));
        String program = context.getValue("quarkus.application.name").getValue();
        logs.file(program, podName(context)).ifPresent(file -> {
            quarkus.put("quarkus.log.file.enabled", "true");
            quarkus.put("quarkus.log.file.path", file.toString());
        });
    }

    private static void putDatabase(Map<String, String> quarkus, DatabaseSettings database) {
        DatabaseUrl url = database.url();
        quarkus.put("quarkus.datasource.jdbc.url", url.jdbcUrl());
        if (database.isInFile()) {
            quarkus.put("quarkus.datasource.credentials-provider", DatabaseCredentials.NAME);
            return;
        }
        if (url.user() != null) {
            quarkus.put("quarkus.datasource.username", url.user());
        }
        if (url.password() != null) {
            quarkus.put("quarkus.datasource.password", url.password());
        }
    }

    /** An expression in application.properties would take an empty variable for an empty name, which Quarkus refuses. */
    private static String podName(ConfigSourceContext context) {
        String name = value(context.getValue("HOSTNAME"));
        return name == null || name.isEmpty() ? "localhost" : name;
    }

    private static @Nullable String value(@Nullable ConfigValue value) {
        return value == null ? null : value.getRawValue();
    }
}
