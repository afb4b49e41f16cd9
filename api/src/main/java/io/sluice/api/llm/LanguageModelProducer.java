package io.sluice.api.llm;

import io.sluice.llm.LanguageModel;
import io.sluice.llm.client.LanguageModels;
import io.sluice.settings.LlmSettings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Makes the language model, for beans that take it in their constructor. */
@Dependent
class LanguageModelProducer {

    /** The model; empty where there is no key of a provider, so that answers are quoted. */
    @Produces
    @Singleton
    Optional<LanguageModel> languageModel(LlmSettings settings, ModelMetrics metrics) {
        return LanguageModels.of(settings, metrics);
    }
}
