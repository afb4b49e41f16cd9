package io.sluice.contract.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {

    @TempDir
    Path folder;

    @Test
    void aKeyOfEachKindIsKnownByItsCertificate() {
        assertThat(read(PemFiles.CERTIFICATE, PemFiles.KEY).key().getAlgorithm())
                .isEqualTo("EC");
        assertThat(read(PemFiles.CERTIFICATE, PemFiles.KEY_IN_ITS_OLDER_FORM)
                        .key()
                        .getAlgorithm())
                .isEqualTo("EC");
        assertThat(read(PemFiles.ED25519_CERTIFICATE, PemFiles.ED25519_KEY)
                        .key()
                        .getAlgorithm())
                .isEqualTo("EdDSA");
    }

    @Test
    void anotherKeyIsNot() {
        String another = new MountedFile(new PemFiles(folder).key("EC")).text();

        assertThatThrownBy(() -> read(PemFiles.CERTIFICATE, another))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("it is not the key of the first certificate");
    }

    private ServerCertificate read(String certificate, String key) {
        PemFiles files = new PemFiles(folder);
        return ServerCertificate.read(
                new MountedFile(files.file("tls.crt", certificate)), new MountedFile(files.file("own.key", key)));
    }
}
