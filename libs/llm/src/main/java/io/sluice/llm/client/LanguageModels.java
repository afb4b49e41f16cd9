package io.sluice.llm.client;

import io.sluice.llm.AnswerListener;
import io.sluice.llm.LanguageModel;
import io.sluice.llm.ModelObserver;
import io.sluice.llm.Prompt;
import io.sluice.settings.LlmSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Language models of providers. */
public final class LanguageModels {

    private LanguageModels() {}

    /**
     * Gives the model that the settings name, with its fallback behind it; nothing is connected to yet.
     *
     * @param observer is told each request to a provider
     * @return empty if the settings name none
     */
    public static Optional<LanguageModel> of(LlmSettings settings, ModelObserver observer) {
        return settings.model().isEmpty() ? Optional.empty() : of(settings, observer, Transport.open());
    }

    static Optional<LanguageModel> of(LlmSettings settings, ModelObserver observer, Transport transport) {
        return settings.model().map(first -> {
            List<Provider> providers = Stream.concat(Stream.of(first), settings.fallback().stream())
                    .map(model -> Provider.of(model, new CircuitBreaker(transport.nanoTime())))
                    .toList();
            ModelCall.Limits limits = new ModelCall.Limits(settings.firstTokenTimeout(), settings.timeout());
            return new ProvidedModel(transport, providers, limits, observer);
        });
    }

    private record ProvidedModel(
            Transport transport, List<Provider> providers, ModelCall.Limits limits, ModelObserver observer)
            implements LanguageModel {

        @Override
        public String name() {
            return providers.get(0).model().name();
        }

        @Override
        public Call stream(Prompt prompt, AnswerListener listener) {
            ModelCall call = new ModelCall(transport, providers, limits, observer, prompt, listener);
            // To read the key and to write the request takes a while.
            transport.threads().execute(() -> call.ask(0));
            return call;
        }
    }
}
