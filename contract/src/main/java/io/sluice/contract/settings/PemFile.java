package io.sluice.contract.settings;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file in PEM, as certificate authorities and Kubernetes' Secrets have them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
final class PemFile {

    private static final String BEGIN_CERTIFICATE = "-----BEGIN CERTIFICATE-----";
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

    /** Those that Kafka's clients and the JDBC driver can both use. */
    private static final List<String> ALGORITHMS = List.of("RSA", "EC");

    private PemFile() {}

    /**
     * Reads certificates.
     *
     * @return the whole text
     * @throws IllegalArgumentException if there are none; the message quotes nothing of the file
     */
    static String certificates(String path) {
        String text = new MountedFile(path).text();
        if (!text.contains(BEGIN_CERTIFICATE)) {
            throw new IllegalArgumentException("it holds no " + BEGIN_CERTIFICATE);
        }
        try {
            var unused = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(US_ASCII)));
            return text;
        } catch (CertificateException e) {
            throw new IllegalArgumentException("a certificate in it cannot be read");
        }
    }

    /**
     * Reads a key.
     *
     * @return the whole text
     * @throws IllegalArgumentException if there is none; the message quotes nothing of the file
     */
    static String privateKey(String path) {
        String text = new MountedFile(path).text();
        var unused = algorithm(text);
        return text;
    }

    /**
     * What the key in a file is made for.
     *
     * @return a name of the JDK's: RSA or EC
     * @throws IllegalArgumentException if there is none; the message quotes nothing of the file
     */
    static String keyAlgorithm(String path) {
        return algorithm(new MountedFile(path).text());
    }

    private static String algorithm(String text) {
        Matcher key = PRIVATE_KEY.matcher(text);
        if (!key.find()) {
            throw new IllegalArgumentException(
                    "it holds no -----BEGIN PRIVATE KEY-----; openssl pkcs8 -topk8 -nocrypt makes one of other keys");
        }
        PKCS8EncodedKeySpec encoded = encoded(key.group(1));
        return ALGORITHMS.stream()
                .filter(algorithm -> isOf(algorithm, encoded))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the key in it is none of RSA or EC"));
    }

    private static PKCS8EncodedKeySpec encoded(String base64) {
        try {
            return new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the key in it cannot be read");
        }
    }

    private static boolean isOf(String algorithm, PKCS8EncodedKeySpec encoded) {
        try {
            var unused = KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            return true;
        } catch (InvalidKeySpecException e) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
