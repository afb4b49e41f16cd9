package io.sluice.api;

import io.sluice.api.http.tls.HttpCertificate;
import io.sluice.runtime.settings.SettingsConfigSource;
import io.sluice.settings.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Settings of the api under the names that Quarkus reads. */
public final class ApiConfigSource extends SettingsConfigSource {

    /** Time that whoever routes requests may take to notice that the program is not ready any more. */
    private static final Duration UNREADY_BEFORE_THE_END = Duration.ofSeconds(5);

    @Override
    protected Map<String, String> ofProgram(Settings settings) {
        Map<String, String> quarkus = new HashMap<>();
        if (settings.speaksTls()) {
            quarkus.put("quarkus.http.tls-configuration-name", HttpCertificate.NAME);
            quarkus.put("quarkus.http.ssl-port", Integer.toString(settings.httpPort()));
            quarkus.put("quarkus.http.insecure-requests", "disabled");
        }
        quarkus.put("quarkus.http.cors.origins", settings.corsOrigins());
        if (!settings.development()) {
            quarkus.put("quarkus.shutdown.delay", UNREADY_BEFORE_THE_END.toString());
        }
        return quarkus;
    }
}
