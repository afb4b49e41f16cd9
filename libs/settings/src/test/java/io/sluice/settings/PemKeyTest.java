package io.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemKeyTest {

    /** The older forms lie within PKCS #8, behind what says of which kind the key is. */
    @ParameterizedTest
    @CsvSource({
        "RSA, 2048, PRIVATE KEY, 0",
        "RSA, 2048, RSA PRIVATE KEY, 26",
        "EC, 256, PRIVATE KEY, 0",
        "EC, 256, EC PRIVATE KEY, 28",
        "EC, 521, EC PRIVATE KEY, 25",
        "Ed25519, 255, PRIVATE KEY, 0"
    })
    void keysAreReadInTheirOlderFormsToo(String kind, int bits, String label, int start) throws Exception {
        // Given
        KeyPair pair = pair(kind, bits);
        byte[] encoded = pair.getPrivate().getEncoded();
        String text = "# a comment\n" + pem(label, Arrays.copyOfRange(encoded, start, encoded.length));

        // When // Then
        assertThat(PemKey.in(text).of(pair.getPublic()).getEncoded()).isEqualTo(encoded);
    }

    @Test
    void whatIsNoKeyIsSaid() {
        assertThatThrownBy(() -> PemKey.in(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the file holds no private key in PEM");
        assertThatThrownBy(() -> PemKey.in(pem("CERTIFICATE", new byte[] {1})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the file holds no private key in PEM");
        assertThatThrownBy(() -> PemKey.in(pem("ENCRYPTED PRIVATE KEY", new byte[] {1})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("passphrase");
        assertThatThrownBy(() -> PemKey.in(pem("PRIVATE KEY", new byte[] {1}))
                        .of(pair("RSA", 2048).getPublic()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it is no key of the certificate's kind, RSA");
    }

    private static KeyPair pair(String kind, int bits) throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %1$s-----\n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(der));
    }
}
