package io.sluice.settings;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/**
 * Certificate that a program shows to the other side of a TLS connection, and the key that proves that it is its own.
 *
 * @param chain the program's certificate, and behind it those of the authorities between it and one that the other side knows
 * @param key the private key of the first of them
 */
public record CertificateAndKey(List<X509Certificate> chain, PrivateKey key) {

    /** The kinds of keys, by their names in {@code java.security}, and what each signs with. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    /** @throws IllegalArgumentException if the key does not belong to the first certificate */
    public CertificateAndKey {
        chain = List.copyOf(chain);
        if (!belongs(key, chain.get(0))) {
            throw new IllegalArgumentException("it is not the key of the first certificate");
        }
    }

    /**
     * Reads both.
     *
     * @param certificates in PEM
     * @param key in PEM
     * @throws IllegalArgumentException if one cannot be read, or they do not belong together; the message quotes nothing of them
     */
    static CertificateAndKey of(String certificates, String key) {
        List<X509Certificate> chain = chain(certificates);
        return new CertificateAndKey(chain, PemKey.in(key).of(chain.get(0).getPublicKey()));
    }

    /**
     * All certificates in a text, of which there is at least one.
     *
     * @throws IllegalArgumentException if there is none, or one that is none, or the first has a key that nothing can be signed with
     */
    static List<X509Certificate> chain(String pem) {
        List<X509Certificate> chain = PemCertificates.in(pem);
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
