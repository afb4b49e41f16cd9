package io.sluice.settings;

import java.util.List;
import java.util.Locale;

/** Rules for settings about bearer tokens together. A token that is for somebody else must not pass for one of ours. */
final class AuthRules {

    private AuthRules() {}

    /** Checks what holds for every program that takes tokens. */
    static void check(Environment environment) {
        if (!environment.sets(Setting.AUTH_JWKS_URL)) {
            return;
        }
        if (environment.sets(Setting.AUTH_SECRET)) {
            environment.conflict("AUTH_SECRET and AUTH_JWKS_URL must not both be set; leave one of them out");
        }
        if (!environment.areRight(List.of(Setting.AUTH_JWKS_URL))) {
            return;
        }
        for (Setting setting : List.of(Setting.AUTH_ISSUER, Setting.AUTH_AUDIENCE)) {
            if (!environment.sets(setting)) {
                environment.conflict(
                        setting + " must be set with AUTH_JWKS_URL, whose keys also sign tokens for others");
            }
        }
        String url = environment.text(Setting.AUTH_JWKS_URL);
        if (!DeploymentSettings.isDevelopment(environment)
                && url.toLowerCase(Locale.ROOT).startsWith("http:")) {
            environment.conflict("AUTH_JWKS_URL must be an https URL except in development; who can change the answer "
                    + "of an http URL decides who may do anything");
        }
    }

    /** Checks that there is a key to check tokens with. */
    static void requireKey(Environment environment) {
        boolean open = !environment.sets(Setting.AUTH_SECRET) && !environment.sets(Setting.AUTH_JWKS_URL);
        // Of an environment that is none, it is said that it is wrong, and no more: it counts as development.
        if (open && !DeploymentSettings.isDevelopment(environment)) {
            environment.conflict(
                    "AUTH_SECRET or AUTH_JWKS_URL must be set except in development (APP_ENV); without a key "
                            + "the api would be open to everybody");
        }
    }
}
