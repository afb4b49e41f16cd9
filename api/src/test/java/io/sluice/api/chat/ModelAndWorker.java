package io.sluice.api.chat;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sluice.api.search.AnsweringWorker;
import io.sluice.testkit.LanguageModelServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Servers in the places of a language model and of the worker, which answer what they are told to; injected into fields of their types. */
public final class ModelAndWorker implements QuarkusTestResourceLifecycleManager {

    private @Nullable LanguageModelServer model;
    private @Nullable AnsweringWorker worker;

    @Override
    public Map<String, String> start() {
        try {
            model = new LanguageModelServer();
            worker = new AnsweringWorker();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "LLM_BASE_URL",
                model.url().toString(),
                "LLM_MODEL",
                "m",
                "LLM_FIRST_TOKEN_TIMEOUT_SECONDS",
                "1",
                "WORKER_URL",
                worker.url(),
                "WORKER_TOKEN",
                AnsweringWorker.TOKEN);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(model, field -> field.getType().equals(LanguageModelServer.class));
        injector.injectIntoFields(worker, field -> field.getType().equals(AnsweringWorker.class));
    }

    @Override
    public void stop() {
        if (model != null) {
            model.close();
        }
        if (worker != null) {
            worker.close();
        }
    }
}
