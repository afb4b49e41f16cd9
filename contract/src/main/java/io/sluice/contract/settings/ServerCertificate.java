package io.sluice.contract.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/**
 * What a server shows its clients, and the key that proves that it is its own.
 *
 * @param chain the server's certificate, and behind it those of the authorities between it and one that clients know
 * @param key the private key of the first of them
 */
public record ServerCertificate(List<X509Certificate> chain, PrivateKey key) {

    /** The kinds of keys, by their names in {@code java.security}, and what each signs with. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    /** @throws IllegalArgumentException if the key does not belong to the first certificate */
    public ServerCertificate {
        chain = List.copyOf(chain);
        if (!belongs(key, chain.get(0))) {
            throw new IllegalArgumentException(
                    "it is not the key of the first certificate in HTTP_TLS_CERTIFICATE_FILE");
        }
    }

    /**
     * Reads both files.
     *
     * @throws IllegalArgumentException if one cannot be read, or they do not belong together; the message quotes nothing of them
     */
    static ServerCertificate read(MountedFile certificates, MountedFile key) {
        List<X509Certificate> chain = chain(certificates.text());
        return new ServerCertificate(
                chain, PemKey.in(key.text()).of(chain.get(0).getPublicKey()));
    }

    /**
     * All certificates in a text, of which there is at least one.
     *
     * @throws IllegalArgumentException if there is none, or one that is none
     */
    static List<X509Certificate> chain(String pem) {
        List<X509Certificate> chain;
        try {
            chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem.getBytes(UTF_8)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
        } catch (CertificateException e) {
            throw new IllegalArgumentException("the file holds what is no certificate in PEM", e);
        }
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("the file holds no certificate in PEM");
        }
        String kind = chain.get(0).getPublicKey().getAlgorithm();
        if (!SIGNATURES.containsKey(kind)) {
            throw new IllegalArgumentException(
                    "the certificate's key must be of the kind RSA, EC or EdDSA, not " + kind);
        }
        return chain;
    }

    private static boolean belongs(PrivateKey key, X509Certificate certificate) {
        try {
            Signature signature = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
            // Any bytes, but some: Java 17 does not know EdDSA's signature of none again.
            byte[] text = certificate.getPublicKey().getEncoded();
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
