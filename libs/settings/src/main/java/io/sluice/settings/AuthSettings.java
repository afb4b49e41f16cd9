package io.sluice.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Bearer tokens: their keys, and what a token has to say. */
public final class AuthSettings {

    private final Optional<String> secret;
    private final Optional<String> jwksUrl;
    private final Optional<String> issuer;
    private final Optional<String> audience;
    private final Optional<String> scopesClaim;
    private final String scopesPrefix;
    private final Set<String> defaultScopes;
    private final Duration clockSkew;

    /** Reads them. */
    public AuthSettings(Environment environment) {
        secret = environment.optional(Setting.AUTH_SECRET);
        jwksUrl = environment.optional(Setting.AUTH_JWKS_URL);
        issuer = environment.optional(Setting.AUTH_ISSUER);
        audience = environment.optional(Setting.AUTH_AUDIENCE);
        scopesClaim = environment.optional(Setting.AUTH_SCOPES_CLAIM);
        scopesPrefix = environment.text(Setting.AUTH_SCOPES_PREFIX);
        defaultScopes = environment.optional(Setting.AUTH_DEFAULT_SCOPES).stream()
                .flatMap(scopes -> Stream.of(scopes.split(",", -1)))
                .map(String::strip)
                .collect(Collectors.toUnmodifiableSet());
        clockSkew = Duration.ofSeconds(environment.number(Setting.AUTH_CLOCK_SKEW_SECONDS));
        AuthRules.check(environment);
    }

    /** Reads them for a program with an API: except in development it needs a key to check tokens with. */
    public static AuthSettings withKey(Environment environment) {
        AuthRules.requireKey(environment);
        return new AuthSettings(environment);
    }

    /** True if nobody has to say who they are, because there is no key to check bearer tokens with. */
    public boolean open() {
        return secret.isEmpty() && jwksUrl.isEmpty();
    }

    /** Secret that bearer tokens are signed with, as HS256. */
    public Optional<String> secret() {
        return secret;
    }

    /** URL of the public keys that bearer tokens are signed with. */
    public Optional<String> jwksUrl() {
        return jwksUrl;
    }

    /** Issuer that bearer tokens must have. */
    public Optional<String> issuer() {
        return issuer;
    }

    /** Audience that bearer tokens must be for. */
    public Optional<String> audience() {
        return audience;
    }

    /** Claim that has the scopes of bearer tokens, or the path to it, with dots between; {@code scope} and {@code scp} without one. */
    public Optional<String> scopesClaim() {
        return scopesClaim;
    }

    /** Prefix of each scope in bearer tokens; may be empty. */
    public String scopesPrefix() {
        return scopesPrefix;
    }

    /** Scopes of a bearer token that has no claim for scopes. */
    public Set<String> defaultScopes() {
        return defaultScopes;
    }

    /** Difference that is allowed between this clock and that of whoever issues bearer tokens. */
    public Duration clockSkew() {
        return clockSkew;
    }
}
