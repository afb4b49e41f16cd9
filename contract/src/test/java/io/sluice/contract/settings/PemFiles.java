package io.sluice.contract.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Files in PEM for settings that name one. */
record PemFiles(Path folder) {

    static final String CERTIFICATE =
            """
            -----BEGIN CERTIFICATE-----
            MIIBNjCB3qADAgECAgkAsn8xt5Zul+YwCgYIKoZIzj0EAwIwDzENMAsGA1UEAxME
            dGVzdDAgFw0yNjExMjExMjQxMDNaGA8yMTI2MTAyODEyNDEwM1owDzENMAsGA1UE
            AxMEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABEyRnrLlVmxQDtU4BENz
            FxP25uLL+/fg+VsCaAp+Da8f3UzbEVED/SfKrnYcjQVXOSHkuYYGrC9UjtIIanTb
            kNOjITAfMB0GA1UdDgQWBBQv6wt/3jOZPT3VBvo40PU37gtveDAKBggqhkjOPQQD
            AgNHADBEAiARrpkCoVra5H9ZXhpo9QEhBm4CmN9veIdMxBv2uly0wAIgPbVmTkGD
            Z4XD51WQ9yjd0iGErGyjlPus24M5dfEXlWo=
            -----END CERTIFICATE-----
            """;

    String certificate() {
        return file("ca.crt", CERTIFICATE);
    }

    String key(String algorithm) {
        try {
            byte[] key = KeyPairGenerator.getInstance(algorithm)
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded();
            String base64 = Base64.getMimeEncoder().encodeToString(key);
            return file("tls.key", "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
