package io.sluice.settings;

import java.net.URI;
import java.util.Optional;

/** Worker that ranks passages for the api. */
public final class WorkerSettings {

    private final Optional<URI> url;
    private final Optional<String> token;

    /** Reads them. */
    public WorkerSettings(Environment environment) {
        url = environment.optional(Setting.WORKER_URL).map(URI::create);
        token = new WorkerTokenSettings(environment).token();
    }

    /** URL of the worker, nothing behind its port; empty if there is none to be asked. */
    public Optional<URI> url() {
        return url;
    }

    /** Token to show to it; empty if there is none, and then it is not to be asked. */
    public Optional<String> token() {
        return token;
    }
}
