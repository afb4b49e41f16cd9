package io.sluice.settings;

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
            MIIBdTCCARugAwIBAgIUJkfG47x7pl6LyqPk5Z5WhtNyhJswCgYIKoZIzj0EAwIw
            DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjExOTE0MjJaGA8yMTI2MTAyODE5MTQy
            MlowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHd6
            3TLgX8bvmaCkwnBEL0hF9BXITCS9ACgKWMCS/x8OLebnhKL67USfU97eRs/Vp+xq
            EAQ81nJC2jQ+xEGG+DijUzBRMB0GA1UdDgQWBBQcFlt04IdEES021oUB51+i7whs
            bzAfBgNVHSMEGDAWgBQcFlt04IdEES021oUB51+i7whsbzAPBgNVHRMBAf8EBTAD
            AQH/MAoGCCqGSM49BAMCA0gAMEUCIQCHXYHsGc3O71zjk5FiyCUcolN/gqwA0Fcw
            cLADgRo53QIgI088BfStYjmOt3Ebxi8rzG2JoGbFdlDr0uJICxiOY1I=
            -----END CERTIFICATE-----
            """;

    /** Of the certificate, as OpenSSL writes it today. */
    static final String KEY =
            """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCL+93weiy0L+Sxhm
            4QZy1mcR0X18NyhbmHHW1Vy2NcihRANCAAR3et0y4F/G75mgpMJwRC9IRfQVyEwk
            vQAoCljAkv8fDi3m54Si+u1En1Pe3kbP1afsahAEPNZyQto0PsRBhvg4
            -----END PRIVATE KEY-----
            """;

    /** The same in the form of SEC 1. */
    static final String KEY_IN_ITS_OLDER_FORM =
            """
            -----BEGIN EC PRIVATE KEY-----
            MHcCAQEEIAi/vd8HostC/ksYZuEGctZnEdF9fDcoW5hx1tVctjXIoAoGCCqGSM49
            AwEHoUQDQgAEd3rdMuBfxu+ZoKTCcEQvSEX0FchMJL0AKApYwJL/Hw4t5ueEovrt
            RJ9T3t5Gz9Wn7GoQBDzWckLaND7EQYb4OA==
            -----END EC PRIVATE KEY-----
            """;

    /** The certificate in PKCS #7, which Java reads too. */
    static final String BUNDLE =
            """
            -----BEGIN PKCS7-----
            MIIBpAYJKoZIhvcNAQcCoIIBlTCCAZECAQExADALBgkqhkiG9w0BBwGgggF5MIIB
            dTCCARugAwIBAgIUJkfG47x7pl6LyqPk5Z5WhtNyhJswCgYIKoZIzj0EAwIwDzEN
            MAsGA1UEAwwEdGVzdDAgFw0yNjExMjExOTE0MjJaGA8yMTI2MTAyODE5MTQyMlow
            DzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHd63TLg
            X8bvmaCkwnBEL0hF9BXITCS9ACgKWMCS/x8OLebnhKL67USfU97eRs/Vp+xqEAQ8
            1nJC2jQ+xEGG+DijUzBRMB0GA1UdDgQWBBQcFlt04IdEES021oUB51+i7whsbzAf
            BgNVHSMEGDAWgBQcFlt04IdEES021oUB51+i7whsbzAPBgNVHRMBAf8EBTADAQH/
            MAoGCCqGSM49BAMCA0gAMEUCIQCHXYHsGc3O71zjk5FiyCUcolN/gqwA0FcwcLAD
            gRo53QIgI088BfStYjmOt3Ebxi8rzG2JoGbFdlDr0uJICxiOY1IxAA==
            -----END PKCS7-----
            """;

    static final String ED25519_CERTIFICATE =
            """
            -----BEGIN CERTIFICATE-----
            MIIBNDCB56ADAgECAhR5Db3UTYmZhtwHYzH7c42jDENSdjAFBgMrZXAwDzENMAsG
            A1UEAwwEdGVzdDAgFw0yNjExMjExOTE2MjVaGA8yMTI2MTAyODE5MTYyNVowDzEN
            MAsGA1UEAwwEdGVzdDAqMAUGAytlcAMhABap5Okl+23huM0u8jDaWawyhyWj3VzE
            rAOVKmReYA6Co1MwUTAdBgNVHQ4EFgQUKb8URlfhcQIapBJZP6UFLzK9MtEwHwYD
            VR0jBBgwFoAUKb8URlfhcQIapBJZP6UFLzK9MtEwDwYDVR0TAQH/BAUwAwEB/zAF
            BgMrZXADQQDmxevNMex2qG6aAOgT5H7bDMg3vOkKiBtn+YLvLMLCkoaGslhmJhle
            Xe9gU1/yFQ2zH1L/NRGDUfuCHnRonSkE
            -----END CERTIFICATE-----
            """;

    static final String ED25519_KEY =
            """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIL7x1ZN5yicN2d38WslLTvQUcxMBAJ2xpassxpaTCSi4
            -----END PRIVATE KEY-----
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
