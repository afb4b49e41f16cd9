package io.sluice.api;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.sluice.runtime.start.BootstrapDnsWait;
import io.sluice.runtime.start.CommandLine;
import io.sluice.runtime.start.ProgramStart;
import io.sluice.settings.AuthSettings;
import io.sluice.settings.ChatSettings;
import io.sluice.settings.CorsSettings;
import io.sluice.settings.DatabasePoolSettings;
import io.sluice.settings.DatabaseSettings;
import io.sluice.settings.DeploymentSettings;
import io.sluice.settings.Environment;
import io.sluice.settings.Feature;
import io.sluice.settings.FeatureSettings;
import io.sluice.settings.HttpSettings;
import io.sluice.settings.HttpsSettings;
import io.sluice.settings.KafkaGroupSettings;
import io.sluice.settings.KafkaSettings;
import io.sluice.settings.LlmSettings;
import io.sluice.settings.LogSettings;
import io.sluice.settings.ProxySettings;
import io.sluice.settings.RateLimitSettings;
import io.sluice.settings.RedisSettings;
import io.sluice.settings.StorageSettings;
import io.sluice.settings.WorkerSettings;
import java.util.List;
import java.util.function.Function;

/** The program. */
@QuarkusMain
public final class ApiProgram {

    private static final CommandLine COMMAND_LINE = new CommandLine(
            "api",
            "Takes events over HTTP and hands them to Kafka; reads them from PostgreSQL.",
            ApiProgram.class.getPackage().getImplementationVersion());

    /** Settings that this program has; no others are checked. */
    private static final List<Function<Environment, ?>> SETTINGS = List.of(
            DeploymentSettings::new,
            LogSettings::new,
            FeatureSettings::new,
            HttpSettings::new,
            HttpsSettings::new,
            CorsSettings::new,
            ProxySettings::new,
            KafkaSettings::new,
            KafkaGroupSettings::new,
            DatabaseSettings::new,
            DatabasePoolSettings::new,
            AuthSettings::withKey,
            RateLimitSettings::new,
            StorageSettings::new,
            WorkerSettings::new,
            RedisSettings::new,
            LlmSettings::new,
            ChatSettings::new);

    /** Runs until it is told to stop. */
    public static void main(String... arguments) {
        if (ProgramStart.isToRun(COMMAND_LINE, SETTINGS, arguments)) {
            if (Environment.read(System::getenv, FeatureSettings::new).isEnabled(Feature.MESSAGES)) {
                BootstrapDnsWait.await();
            }
            // Quarkus would answer a path or a query that is not well-formed without a problem document, which
            // RequestValidator has.
            System.setProperty("vertx.disableURIValidation", "true");
            // So that ConnectionInitializer is found; see there.
            System.setProperty(ChannelInitializerExtension.EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
            Quarkus.run();
        }
    }
}
