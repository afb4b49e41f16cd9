package io.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testkit.Certificates.Issued;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path another;

    @Test
    void certificatesAreSignedByTheirAuthorityAndByNoOther() throws Exception {
        // Given
        Certificates certificates = Certificates.in(folder);
        Certificates others = Certificates.in(another);

        // When
        Issued issued = certificates.issue("api", "dns:api.example.com", "ip:127.0.0.2");

        // Then
        List<X509Certificate> chain = read(issued.certificate());
        X509Certificate certificate = chain.get(0);
        X509Certificate authority = read(certificates.authority()).get(0);
        assertThat(chain).element(1).isEqualTo(authority);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=api");
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .containsExactly("api.example.com", "127.0.0.2");
        certificate.verify(authority.getPublicKey());
        X509Certificate stranger = read(others.authority()).get(0);
        assertThatThrownBy(() -> certificate.verify(stranger.getPublicKey())).isInstanceOf(SignatureException.class);
        assertThat(belongs(issued.key(), certificate)).isTrue();
        assertThat(belongs(certificates.issue("other").key(), certificate)).isFalse();
    }

    private static List<X509Certificate> read(Path file) throws Exception {
        try (InputStream pem = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        }
    }

    private static boolean belongs(Path key, X509Certificate certificate) throws Exception {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(privateKey(key));
        byte[] signed = signature.sign();
        signature.initVerify(certificate);
        return signature.verify(signed);
    }

    private static PrivateKey privateKey(Path file) throws Exception {
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der(file)));
    }

    private static byte[] der(Path file) throws IOException {
        return Base64.getMimeDecoder().decode(Files.readString(file).replaceAll("-----.*-----", ""));
    }
}
