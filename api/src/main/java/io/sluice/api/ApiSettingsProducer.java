package io.sluice.api;

import io.sluice.runtime.settings.SettingsProducer;
import io.sluice.settings.AuthSettings;
import io.sluice.settings.ChatSettings;
import io.sluice.settings.CorsSettings;
import io.sluice.settings.HttpsSettings;
import io.sluice.settings.KafkaGroupSettings;
import io.sluice.settings.LlmSettings;
import io.sluice.settings.ProxySettings;
import io.sluice.settings.RateLimitSettings;
import io.sluice.settings.RedisSettings;
import io.sluice.settings.StorageSettings;
import io.sluice.settings.WorkerSettings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Settings that not all programs have, for beans that take them in their constructor. */
@Dependent
class ApiSettingsProducer {

    @Produces
    @Singleton
    KafkaGroupSettings groups(Config config) {
        return SettingsProducer.read(config, KafkaGroupSettings::new);
    }

    @Produces
    @Singleton
    HttpsSettings https(Config config) {
        return SettingsProducer.read(config, HttpsSettings::new);
    }

    @Produces
    @Singleton
    CorsSettings cors(Config config) {
        return SettingsProducer.read(config, CorsSettings::new);
    }

    @Produces
    @Singleton
    ProxySettings proxies(Config config) {
        return SettingsProducer.read(config, ProxySettings::new);
    }

    @Produces
    @Singleton
    AuthSettings auth(Config config) {
        return SettingsProducer.read(config, AuthSettings::new);
    }

    @Produces
    @Singleton
    RateLimitSettings rateLimit(Config config) {
        return SettingsProducer.read(config, RateLimitSettings::new);
    }

    @Produces
    @Singleton
    StorageSettings storage(Config config) {
        return SettingsProducer.read(config, StorageSettings::new);
    }

    @Produces
    @Singleton
    WorkerSettings worker(Config config) {
        return SettingsProducer.read(config, WorkerSettings::new);
    }

    @Produces
    @Singleton
    RedisSettings redis(Config config) {
        return SettingsProducer.read(config, RedisSettings::new);
    }

    @Produces
    @Singleton
    ChatSettings chat(Config config) {
        return SettingsProducer.read(config, ChatSettings::new);
    }

    @Produces
    @Singleton
    LlmSettings languageModel(Config config) {
        return SettingsProducer.read(config, LlmSettings::new);
    }
}
