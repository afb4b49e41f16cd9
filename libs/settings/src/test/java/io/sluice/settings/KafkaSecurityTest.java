package io.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSecurityTest {

    private static final String SECRET = "s3cret";

    @TempDir
    Path folder;

    private String certificate;
    private String key;

    @BeforeEach
    void makeFiles() {
        PemFiles files = new PemFiles(folder);
        certificate = files.certificate();
        key = files.file("tls.key", PemFiles.KEY);
    }

    @Test
    void withoutSettingsNothingIsEncryptedAndNobodyLogsIn() {
        assertThat(properties(Map.of()))
                .containsOnly(
                        Map.entry("bootstrap.servers", "localhost:9092"), Map.entry("security.protocol", "PLAINTEXT"));
    }

    @Test
    void hostNamesAreVerifiedAndTheJvmsCertificatesTrusted() {
        assertThat(properties(Map.of("KAFKA_SECURITY_PROTOCOL", "ssl")))
                .containsOnly(
                        Map.entry("bootstrap.servers", "localhost:9092"),
                        Map.entry("security.protocol", "SSL"),
                        Map.entry("ssl.endpoint.identification.algorithm", "https"));
    }

    @ParameterizedTest
    @ValueSource(strings = {PemFiles.KEY, PemFiles.KEY_IN_ITS_OLDER_FORM})
    void certificatesAndTheKeyAreReadFromTheirFiles(String pem) throws Exception {
        // Given
        String key = new PemFiles(folder).file("tls.key", pem);

        // When
        Map<String, String> properties = properties(Map.of(
                "KAFKA_SECURITY_PROTOCOL", "SSL",
                "KAFKA_SSL_CA_FILE", certificate,
                "KAFKA_SSL_CERTIFICATE_FILE", certificate,
                "KAFKA_SSL_KEY_FILE", key));

        // Then
        assertThat(properties)
                .containsEntry("ssl.truststore.type", "PEM")
                .containsEntry("ssl.truststore.certificates", PemFiles.CERTIFICATE)
                .containsEntry("ssl.keystore.type", "PEM")
                .containsEntry("ssl.keystore.certificate.chain", PemFiles.CERTIFICATE);
        try (DefaultSslEngineFactory kafkas = new DefaultSslEngineFactory()) {
            kafkas.configure(new AdminClientConfig(Map.copyOf(properties)).values());
            assertThat(kafkas.keystore().size()).isOne();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EC|it is not the key of the first certificate",
                "RSA|it is no key of the certificate's kind, EC",
                "SCRAP|it is no key of the certificate's kind, EC"
            })
    void aKeyThatIsNotTheCertificatesIsRefused(String kind, String fault) {
        // Given
        PemFiles files = new PemFiles(folder);
        String other = kind.equals("SCRAP")
                ? files.file("scrap.key", "-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----\n")
                : files.key(kind);

        // When // Then
        assertThatThrownBy(() -> properties(withKey(certificate, other)))
                .hasMessage("The configuration is wrong:\n"
                        + "  KAFKA_SSL_KEY_FILE must be the path of a file with a private key in PEM; " + fault);
    }

    @Test
    void aKeyOfAKindThatKafkasClientsDoNotReadIsRefused() {
        // Given
        PemFiles files = new PemFiles(folder);
        String certificate = files.file("ed25519.crt", PemFiles.ED25519_CERTIFICATE);
        String key = files.file("ed25519.key", PemFiles.ED25519_KEY);

        // When // Then
        assertThatThrownBy(() -> properties(withKey(certificate, key)))
                .hasMessageEndingWith("; the key in it is none of RSA or EC");
    }

    private static Map<String, String> withKey(String certificate, String key) {
        return Map.of(
                "KAFKA_SECURITY_PROTOCOL", "SSL",
                "KAFKA_SSL_CERTIFICATE_FILE", certificate,
                "KAFKA_SSL_KEY_FILE", key);
    }

    @ParameterizedTest
    @CsvSource({
        "SCRAM-SHA-512, org.apache.kafka.common.security.scram.ScramLoginModule",
        "scram-sha-256, org.apache.kafka.common.security.scram.ScramLoginModule",
        "PLAIN, org.apache.kafka.common.security.plain.PlainLoginModule"
    })
    void eachMechanismHasItsModule(String mechanism, String module) {
        // When
        Map<String, String> properties = properties(Map.of(
                "KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT",
                "KAFKA_SASL_MECHANISM", mechanism,
                "KAFKA_SASL_USERNAME", "me",
                "KAFKA_SASL_PASSWORD", "secret"));

        // Then
        assertThat(properties.get("sasl.mechanism")).isEqualToIgnoringCase(mechanism);
        assertThat(properties.get("sasl.jaas.config")).startsWith(module + " required ");
    }

    @ParameterizedTest
    @MethodSource
    void kafkaReadsTheUserAndThePasswordAsTheyAre(String text) {
        // When
        Map<String, String> properties = properties(Map.of(
                "KAFKA_SECURITY_PROTOCOL", "SASL_SSL", "KAFKA_SASL_USERNAME", text, "KAFKA_SASL_PASSWORD", text));

        // Then
        JaasContext read = JaasContext.loadClientContext(Map.of(
                SaslConfigs.SASL_MECHANISM,
                properties.getOrDefault("sasl.mechanism", ""),
                SaslConfigs.SASL_JAAS_CONFIG,
                new Password(properties.get("sasl.jaas.config"))));
        assertThat(read.configurationEntries()).singleElement().satisfies(entry -> assertThat(entry.getOptions())
                .isEqualTo(Map.of("username", text, "password", text)));
    }

    static Stream<String> kafkaReadsTheUserAndThePasswordAsTheyAre() {
        String all = IntStream.range('!', 0x7F).mapToObj(Character::toString).collect(Collectors.joining());
        return Stream.concat(
                Stream.of(all, "a b", "$ConnectionString", "${env:HOME}", "\\", "\\\\", "\"", "\\\"", "\\n\\101", "';"),
                IntStream.range('!', 0x7F).mapToObj(Character::toString));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROTOCOL=SASL_SSL SASL_USERNAME=me|KAFKA_SASL_PASSWORD must be set where KAFKA_SECURITY_PROTOCOL is SASL_SSL",
                "PROTOCOL=sasl_plaintext SASL_PASSWORD=s3cret"
                        + "|KAFKA_SASL_USERNAME must be set where KAFKA_SECURITY_PROTOCOL is SASL_PLAINTEXT",
                "SASL_USERNAME=me|KAFKA_SASL_USERNAME must not be set where KAFKA_SECURITY_PROTOCOL is PLAINTEXT; "
                        + "set that to SASL_SSL, or leave this one out",
                "PROTOCOL=SSL SASL_PASSWORD=s3cret|KAFKA_SASL_PASSWORD must not be set where KAFKA_SECURITY_PROTOCOL is SSL; "
                        + "set that to SASL_SSL, or leave this one out",
                "SSL_CA_FILE=CERTIFICATE|KAFKA_SSL_CA_FILE must not be set where KAFKA_SECURITY_PROTOCOL is PLAINTEXT; "
                        + "set that to SSL, or leave this one out",
                "PROTOCOL=SASL_PLAINTEXT SASL_USERNAME=me SASL_PASSWORD=s3cret SSL_CA_FILE=CERTIFICATE"
                        + "|KAFKA_SSL_CA_FILE must not be set where KAFKA_SECURITY_PROTOCOL is SASL_PLAINTEXT; "
                        + "set that to SASL_SSL, or leave this one out",
                "PROTOCOL=SSL SSL_CERTIFICATE_FILE=CERTIFICATE"
                        + "|KAFKA_SSL_CERTIFICATE_FILE and KAFKA_SSL_KEY_FILE must both be set, or neither",
                "PROTOCOL=SSL SSL_KEY_FILE=KEY"
                        + "|KAFKA_SSL_CERTIFICATE_FILE and KAFKA_SSL_KEY_FILE must both be set, or neither"
            })
    void whatCannotWorkTogetherIsRefusedWithARemedy(String set, String violation) {
        // Given
        Map<String, String> environment = Arrays.stream(set.split(" "))
                .map(assignment -> assignment
                        .replaceFirst("^PROTOCOL", "SECURITY_PROTOCOL")
                        .replaceFirst("CERTIFICATE$", certificate)
                        .replaceFirst("KEY$", key)
                        .split("="))
                .collect(Collectors.toMap(pair -> "KAFKA_" + pair[0], pair -> pair[1]));

        // When // Then
        assertThatThrownBy(() -> properties(environment)).hasMessage("The configuration is wrong:\n  " + violation);
    }

    @Test
    void allThatCannotWorkTogetherIsNamedAtOnce() {
        assertThatThrownBy(() -> properties(
                        Map.of("KAFKA_SASL_USERNAME", "me", "KAFKA_SASL_PASSWORD", SECRET, "KAFKA_SSL_KEY_FILE", key)))
                .message()
                .hasLineCount(5)
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tab\t", "é", "\uFFFD"})
    void credentialsThatLocalesReadDifferentlyAreRefusedAndNotRepeated(String part) {
        assertThatThrownBy(() -> properties(
                        Map.of("KAFKA_SECURITY_PROTOCOL", "SASL_SSL", "KAFKA_SASL_PASSWORD", SECRET + part + ".")))
                .hasMessage(
                        "The configuration is wrong:\n"
                                + "  KAFKA_SASL_PASSWORD must be the password of Kafka's user, at most 4096 printable characters of ASCII");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CA_FILE|/nowhere|there is no such file",
                "CA_FILE|/|it cannot be read as a file",
                "CA_FILE|/dev/null|the file holds no certificate in PEM",
                "CA_FILE|KEY|the file holds what is no certificate in PEM",
                "CA_FILE|BROKEN|the file holds what is no certificate in PEM",
                "CA_FILE|BUNDLE|the file holds a bundle; write each certificate behind -----BEGIN CERTIFICATE-----",
                "CERTIFICATE_FILE|BUNDLE|the file holds a bundle; write each certificate behind -----BEGIN CERTIFICATE-----",
                "CERTIFICATE_FILE|KEY|the file holds what is no certificate in PEM",
                "KEY_FILE|CERTIFICATE|the file holds no private key in PEM"
            })
    void aFileOfAnotherKindIsRefused(String setting, String file, String fault) {
        // Given
        String path =
                switch (file) {
                    case "CERTIFICATE" -> certificate;
                    case "KEY" -> key;
                    case "BUNDLE" -> new PemFiles(folder).file("bundle", PemFiles.BUNDLE);
                    case "BROKEN" ->
                        new PemFiles(folder).file("broken", PemFiles.CERTIFICATE.replace("MIIBdT", "MIIBdU"));
                    default -> file;
                };

        // When // Then
        assertThatThrownBy(() -> properties(Map.of("KAFKA_SECURITY_PROTOCOL", "SSL", "KAFKA_SSL_" + setting, path)))
                .message()
                .startsWith("The configuration is wrong:\n  KAFKA_SSL_" + setting + " must be the path of a file with ")
                .endsWith(" in PEM; " + fault)
                .hasLineCount(2);
    }

    private static Map<String, String> properties(Map<String, String> environment) {
        return Environment.read(environment::get, KafkaSettings::new).clientProperties();
    }
}
