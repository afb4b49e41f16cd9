package io.sluice.settings;

import java.util.List;

/** Certificate of a program that speaks HTTPS. */
public final class HttpsSettings {

    private static final Setting CERTIFICATE = Setting.HTTP_TLS_CERTIFICATE_FILE;
    private static final Setting KEY = Setting.HTTP_TLS_KEY_FILE;

    private final String certificateFile;
    private final String keyFile;

    /** Reads them, and what the two files hold. */
    public HttpsSettings(Environment environment) {
        certificateFile = environment.text(Setting.HTTP_TLS_CERTIFICATE_FILE);
        keyFile = environment.text(Setting.HTTP_TLS_KEY_FILE);
        if (environment.areRight(List.of(CERTIFICATE, KEY))) {
            checkTogether(environment);
        }
    }

    private void checkTogether(Environment environment) {
        if (certificateFile.isEmpty() != keyFile.isEmpty()) {
            environment.conflict(CERTIFICATE + " and " + KEY + " must be set together; set both or neither");
            return;
        }
        try {
            if (speaksTls()) {
                var unused = certificate();
            }
        } catch (IllegalArgumentException e) {
            environment.conflict(KEY + " must be " + KEY.expectation() + "; " + e.getMessage());
        }
    }

    /** True if the program speaks TLS, and nothing else. */
    public boolean speaksTls() {
        return !certificateFile.isEmpty();
    }

    /**
     * Certificate and key of a program that {@link #speaksTls()}, as the files hold them now.
     *
     * @throws IllegalArgumentException if the files do not hold one any more; the message quotes nothing of them
     */
    public CertificateAndKey certificate() {
        return CertificateAndKey.of(new MountedFile(certificateFile).text(), new MountedFile(keyFile).text());
    }
}
