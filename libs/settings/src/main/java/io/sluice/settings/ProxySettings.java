package io.sluice.settings;

import java.util.List;

/** Proxies whose forwarding headers are believed. */
public final class ProxySettings {

    private final List<Network> trusted;

    /** Reads them. */
    public ProxySettings(Environment environment) {
        trusted = environment
                .optional(Setting.HTTP_TRUSTED_PROXIES)
                .map(Network::parseAll)
                .orElse(List.of());
    }

    /** Networks of the trusted proxies; may be empty. */
    public List<Network> trusted() {
        return trusted;
    }
}
