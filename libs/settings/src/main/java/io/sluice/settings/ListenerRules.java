package io.sluice.settings;

import java.util.List;
import java.util.Map;

/** Which of the settings about what a program listens at go together. */
final class ListenerRules {

    private static final Setting CERTIFICATE = Setting.HTTP_TLS_CERTIFICATE_FILE;
    private static final Setting KEY = Setting.HTTP_TLS_KEY_FILE;

    private ListenerRules() {}

    /** What is wrong with the two ports together. */
    static List<String> portViolations(Map<Setting, String> values) {
        String port = value(Setting.HTTP_PORT, values);
        boolean one = port.equals(value(Setting.MANAGEMENT_PORT, values))
                && Setting.HTTP_PORT.violation(port).isEmpty();
        return one ? List.of("HTTP_PORT and MANAGEMENT_PORT must differ; give one of them another port") : List.of();
    }

    /** What is wrong with the two files together, where nothing is with either. */
    static List<String> certificateViolations(Map<Setting, String> values) {
        String certificate = value(CERTIFICATE, values);
        String key = value(KEY, values);
        if (isWrong(CERTIFICATE, certificate) || isWrong(KEY, key)) {
            return List.of();
        }
        if (certificate.isEmpty() != key.isEmpty()) {
            return List.of(CERTIFICATE + " and " + KEY + " must be set together; set both or neither");
        }
        try {
            if (!certificate.isEmpty()) {
                var unused = CertificateAndKey.of(new MountedFile(certificate).text(), new MountedFile(key).text());
            }
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(KEY + " must be " + KEY.expectation() + "; " + e.getMessage());
        }
    }

    private static boolean isWrong(Setting setting, String value) {
        return !value.isEmpty() && setting.violation(value).isPresent();
    }

    private static String value(Setting setting, Map<Setting, String> values) {
        return values.getOrDefault(setting, setting.defaultValue());
    }
}
