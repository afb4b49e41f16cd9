package io.sluice.settings;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A private key in PEM.
 *
 * @param label what stands behind BEGIN: {@code PRIVATE KEY} for PKCS #8 (RFC 5958), {@code RSA PRIVATE KEY} for PKCS #1 (RFC 8017),
 *     which cert-manager writes by default, and {@code EC PRIVATE KEY} (RFC 5915)
 * @param der what stands below
 */
record PemKey(String label, byte[] der) {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private static final String PKCS_8 = "PRIVATE KEY";

    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;

    /**
     * The first key in a text.
     *
     * @throws IllegalArgumentException if there is none, or it cannot be read; the message quotes nothing of the text
     */
    static PemKey in(String text) {
        Matcher block = BLOCK.matcher(text);
        if (block.find()) {
            return new PemKey(block.group(1), decoded(block.group(2)));
        }
        throw new IllegalArgumentException(
                text.contains("ENCRYPTED")
                        ? "the key has a passphrase; take it away, as with openssl pkey"
                        : "the file holds no private key in PEM");
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the key in it cannot be read", e);
        }
    }

    /**
     * Algorithm of a key in PKCS #8, as the JDBC driver wants it.
     *
     * @return a name of the JDK's: RSA or EC
     * @throws IllegalArgumentException if it is in another form, or made for anything else
     */
    String algorithm() {
        if (!label.equals(PKCS_8)) {
            throw new IllegalArgumentException(
                    "the key in it is not in PKCS #8; openssl pkcs8 -topk8 -nocrypt makes that of it");
        }
        return Stream.of("RSA", "EC")
                .filter(this::isOf)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the key in it is none of RSA or EC"));
    }

    private boolean isOf(String algorithm) {
        try {
            var unused = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * The key that belongs to this public one, if any does: it is not compared.
     *
     * @throws IllegalArgumentException if this is no key of its kind
     */
    PrivateKey of(PublicKey publicKey) {
        try {
            byte[] pkcs8 = label.equals(PKCS_8) ? der : pkcs8(publicKey);
            return KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "it is no key of the certificate's kind, " + publicKey.getAlgorithm(), e);
        }
    }

    /** The older forms lack the kind of the key, which the certificate names as PKCS #8 does. */
    private byte[] pkcs8(PublicKey publicKey) {
        ByteBuffer subjectPublicKeyInfo = ByteBuffer.wrap(publicKey.getEncoded());
        enter(subjectPublicKeyInfo);
        ByteBuffer kind = subjectPublicKeyInfo.slice();
        int length = enter(kind);
        kind.limit(kind.position() + length).rewind();
        byte[] algorithm = new byte[kind.remaining()];
        kind.get(algorithm);
        return element(SEQUENCE, element(INTEGER, new byte[1]), algorithm, element(OCTET_STRING, der));
    }

    /** Goes to the content of the element that begins here, and says how long that is: X.690, section 8.1.3. */
    private static int enter(ByteBuffer element) {
        element.get();
        int length = element.get() & 0xff;
        if (length < 0x80) {
            return length;
        }
        int longLength = 0;
        for (int i = 0; i < length - 0x80; i++) {
            longLength = (longLength << 8) | (element.get() & 0xff);
        }
        return longLength;
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        int length = content.size();
        if (length >= 0x100) {
            element.write(0x82);
            element.write(length >> 8);
        } else if (length >= 0x80) {
            element.write(0x81);
        }
        element.write(length);
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
