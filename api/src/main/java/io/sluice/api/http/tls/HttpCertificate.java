package io.sluice.api.http.tls;

import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.KeyStoreProvider;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LoggedState;
import io.sluice.runtime.threads.NamedThreads;
import io.sluice.settings.CertificateAndKey;
import io.sluice.settings.HttpsSettings;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/** Certificate of the server from HTTP_TLS_CERTIFICATE_FILE, and whatever replaces it. */
@Singleton
@Identifier(HttpCertificate.NAME) public class HttpCertificate implements KeyStoreProvider {

    /** Name of the TLS configuration in the framework's settings. */
    public static final String NAME = "https";

    private static final Logger LOG = Logger.getLogger(HttpCertificate.class.getName());
    private static final Duration RELOAD_INTERVAL = Duration.ofSeconds(2);

    private final HttpsSettings settings;
    private final ScheduledExecutorService reloads = NamedThreads.scheduled("certificate");

    /** Fault of the files; empty if they can be used. */
    private final LoggedState<String> fault = new LoggedState<>("");

    HttpCertificate(HttpsSettings settings) {
        this.settings = settings;
    }

    /** The key store of the server, asked for once at the start; {@code null} where the program speaks plain HTTP. */
    @Override
    public @Nullable KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
        if (!settings.speaksTls()) {
            return null;
        }
        ReloadableKeyManager keyManager = new ReloadableKeyManager(settings.certificate());
        long pause = RELOAD_INTERVAL.toMillis();
        var unused = reloads.scheduleWithFixedDelay(() -> reload(keyManager), pause, pause, TimeUnit.MILLISECONDS);
        return new KeyStoreAndKeyCertOptions(null, KeyCertOptions.wrap(keyManager));
    }

    private void reload(ReloadableKeyManager keyManager) {
        try {
            CertificateAndKey certificate = settings.certificate();
            fault.changesTo("");
            if (!certificate.equals(keyManager.current())) {
                keyManager.replace(certificate);
                LogLine.of("certificate-replaced")
                        .with(
                                "expires",
                                certificate.chain().get(0).getNotAfter().toInstant())
                        .write(LOG, Level.INFO);
            }
        } catch (IllegalArgumentException e) {
            logFault(String.valueOf(e.getMessage()));
        }
    }

    private void logFault(String now) {
        if (fault.changesTo(now)) {
            LogLine.of("certificate-not-taken").with("reason", now).write(LOG, Level.WARN);
        }
    }

    @PreDestroy
    void stop() {
        reloads.shutdownNow();
    }
}
