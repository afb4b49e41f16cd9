package io.sluice.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Detector of objects in images: the program itself, or a model server. */
public final class DetectorSettings {

    /** Values of {@link Setting#DETECTOR} that stand for a model server. */
    private static final Set<String> MODEL_SERVER = Set.of("kserve", "real");

    private static final List<Setting> REQUIRED = List.of(Setting.MODEL_SERVER_URL, Setting.MODEL_NAME);

    private final Optional<ModelServer> modelServer;
    private final boolean modelServerDefault;

    /** Protocols of model servers. */
    public enum Protocol {
        /** KServe's V1 protocol: {@code POST /v1/models/{name}:predict}. */
        V1,
        /** Open Inference Protocol, also called V2: {@code POST /v2/models/{name}/infer}. */
        V2
    }

    /**
     * A model on a model server.
     *
     * @param url of the server, nothing behind its port
     * @param protocol that is spoken with it
     * @param model name of the model
     * @param timeout of a request, above 0
     */
    public record ModelServer(URI url, Protocol protocol, String model, Duration timeout) {}

    /** Reads them. */
    public DetectorSettings(Environment environment) {
        String detector = environment.text(Setting.DETECTOR).toLowerCase(Locale.ROOT);
        Optional<String> url = environment.optional(Setting.MODEL_SERVER_URL);
        Optional<String> model = environment.optional(Setting.MODEL_NAME);
        Protocol protocol =
                Protocol.valueOf(environment.text(Setting.MODEL_SERVER_PROTOCOL).toUpperCase(Locale.ROOT));
        Duration timeout = Duration.ofSeconds(environment.number(Setting.MODEL_SERVER_TIMEOUT_SECONDS));
        modelServer = url.isPresent() && model.isPresent()
                ? Optional.of(new ModelServer(URI.create(url.get()), protocol, model.get(), timeout))
                : Optional.empty();
        modelServerDefault = MODEL_SERVER.contains(detector);
        if (modelServerDefault && modelServer.isEmpty() && environment.areRight(REQUIRED)) {
            environment.conflict(
                    "DETECTOR (or MODE) is %s, so MODEL_SERVER_URL and MODEL_NAME must be set".formatted(detector));
        }
    }

    /** The model server; empty if there is none. */
    public Optional<ModelServer> modelServer() {
        return modelServer;
    }

    /** True if the model server finds objects unless another detector is asked for, false if the program itself does. */
    public boolean isModelServerDefault() {
        return modelServerDefault;
    }
}
