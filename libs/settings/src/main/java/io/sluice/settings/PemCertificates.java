package io.sluice.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Certificates in PEM, as certification authorities and Kubernetes' Secrets have them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
final class PemCertificates {

    private static final String LABEL = "-----BEGIN CERTIFICATE-----";

    private PemCertificates() {}

    /**
     * As {@link #in}, but no bundle (PKCS #7): Java reads one, and Kafka's clients do not.
     *
     * @throws IllegalArgumentException as there, and if it is a bundle
     */
    static List<X509Certificate> eachIn(String text) {
        List<X509Certificate> certificates = in(text);
        if (!text.contains(LABEL)) {
            throw new IllegalArgumentException("the file holds a bundle; write each certificate behind " + LABEL);
        }
        return certificates;
    }

    /**
     * All certificates in a text, of which there is at least one.
     *
     * @throws IllegalArgumentException if there is none, or one that is none; the message quotes nothing of the text
     */
    static List<X509Certificate> in(String text) {
        List<X509Certificate> certificates;
        try {
            certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(text.getBytes(UTF_8)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
        } catch (CertificateException e) {
            throw new IllegalArgumentException("the file holds what is no certificate in PEM", e);
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("the file holds no certificate in PEM");
        }
        return certificates;
    }
}
