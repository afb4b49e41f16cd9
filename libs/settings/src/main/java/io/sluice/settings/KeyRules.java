package io.sluice.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which of the settings about bearer tokens go together. A token that is for somebody else must not pass for one of ours. */
final class KeyRules {

    private KeyRules() {}

    /** What is wrong with these settings together, for all programs. */
    static List<String> violations(Map<Setting, String> values) {
        String url = value(Setting.AUTH_JWKS_URL, values);
        if (url.isEmpty()) {
            return List.of();
        }
        List<String> violations = new ArrayList<>();
        if (!value(Setting.AUTH_SECRET, values).isEmpty()) {
            violations.add("AUTH_SECRET and AUTH_JWKS_URL must not both be set; leave one of them out");
        }
        if (Setting.AUTH_JWKS_URL.violation(url).isPresent()) {
            return violations;
        }
        for (Setting setting : List.of(Setting.AUTH_ISSUER, Setting.AUTH_AUDIENCE)) {
            if (value(setting, values).isEmpty()) {
                violations.add(setting + " must be set with AUTH_JWKS_URL, whose keys also sign tokens for others");
            }
        }
        if (!development(values) && url.toLowerCase(Locale.ROOT).startsWith("http:")) {
            violations.add("AUTH_JWKS_URL must be an https URL except in development; who can change the answer "
                    + "of an http URL decides who may do anything");
        }
        return violations;
    }

    /** What is wrong with these settings for the program that asks for tokens. */
    static List<String> violationsOfApi(Map<Setting, String> values) {
        boolean open = value(Setting.AUTH_SECRET, values).isEmpty()
                && value(Setting.AUTH_JWKS_URL, values).isEmpty();
        return open && !development(values)
                ? List.of("AUTH_SECRET or AUTH_JWKS_URL must be set except in development (APP_ENV); without a key "
                        + "the api would be open to everybody")
                : List.of();
    }

    /** Whether it may be open: of an environment that is none, it is said that it is wrong, and no more. */
    private static boolean development(Map<Setting, String> values) {
        String environment = value(Setting.APP_ENV, values);
        return environment.equalsIgnoreCase("development")
                || Setting.APP_ENV.violation(environment).isPresent();
    }

    private static String value(Setting setting, Map<Setting, String> values) {
        return values.getOrDefault(setting, setting.defaultValue());
    }
}
