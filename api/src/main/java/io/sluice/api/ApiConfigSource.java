package io.sluice.api;

import io.sluice.api.http.tls.HttpCertificate;
import io.sluice.runtime.settings.SettingsConfigSource;
import io.sluice.settings.CorsSettings;
import io.sluice.settings.DeploymentSettings;
import io.sluice.settings.Environment;
import io.sluice.settings.Feature;
import io.sluice.settings.FeatureSettings;
import io.sluice.settings.HttpSettings;
import io.sluice.settings.HttpsSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Settings of the api under the names that Quarkus reads. */
public final class ApiConfigSource extends SettingsConfigSource {

    /** Time that whoever routes requests may take to notice that the program is not ready any more. */
    private static final Duration UNREADY_BEFORE_THE_END = Duration.ofSeconds(5);

    @Override
    protected Map<String, String> ofProgram(Environment environment) {
        Map<String, String> quarkus = new HashMap<>();
        if (new HttpsSettings(environment).speaksTls()) {
            int port = new HttpSettings(environment).port();
            quarkus.put("quarkus.http.tls-configuration-name", HttpCertificate.NAME);
            quarkus.put("quarkus.http.ssl-port", Integer.toString(port));
            quarkus.put("quarkus.http.insecure-requests", "disabled");
        }
        boolean entities = new FeatureSettings(environment).isEnabled(Feature.TASKS);
        quarkus.put("quarkus.hibernate-orm.active", Boolean.toString(entities));
        quarkus.put("quarkus.http.cors.origins", new CorsSettings(environment).origins());
        if (!new DeploymentSettings(environment).development()) {
            quarkus.put("quarkus.shutdown.delay", UNREADY_BEFORE_THE_END.toString());
        }
        return quarkus;
    }
}
