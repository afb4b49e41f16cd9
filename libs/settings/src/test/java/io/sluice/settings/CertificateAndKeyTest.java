package io.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAndKeyTest {

    @TempDir
    Path folder;

    @Test
    void aKeyOfEachKindIsKnownByItsCertificate() {
        assertThat(CertificateAndKey.of(PemFiles.CERTIFICATE, PemFiles.KEY)
                        .key()
                        .getAlgorithm())
                .isEqualTo("EC");
        assertThat(CertificateAndKey.of(PemFiles.CERTIFICATE, PemFiles.KEY_IN_ITS_OLDER_FORM)
                        .key()
                        .getAlgorithm())
                .isEqualTo("EC");
        assertThat(CertificateAndKey.of(PemFiles.ED25519_CERTIFICATE, PemFiles.ED25519_KEY)
                        .key()
                        .getAlgorithm())
                .isEqualTo("EdDSA");
    }

    @Test
    void anotherKeyIsNot() {
        String another = new MountedFile(new PemFiles(folder).key("EC")).text();

        assertThatThrownBy(() -> CertificateAndKey.of(PemFiles.CERTIFICATE, another))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it is not the key of the first certificate");
    }
}
