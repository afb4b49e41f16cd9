package io.sluice.settings;

import java.security.PrivateKey;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/**
 * Encryption of connections to Kafka, and authentication of clients and brokers. Text that is not set is empty.
 *
 * @param protocol what Kafka calls the security protocol, in upper case
 * @param mechanism of SASL, in upper case
 * @param caFile the certificates to trust; without it those that the JVM trusts
 * @see <a href="https://kafka.apache.org/documentation/#security">Kafka's documentation</a>
 */
record KafkaSecurity(
        String protocol,
        String mechanism,
        String username,
        String password,
        String caFile,
        String certificateFile,
        String keyFile) {

    /** The settings that it is made of. */
    static final Set<Setting> SETTINGS = EnumSet.range(Setting.KAFKA_SECURITY_PROTOCOL, Setting.KAFKA_SSL_KEY_FILE);

    private static final String PEM = "PEM";

    /** The kinds of keys that Kafka's clients read in PEM. */
    private static final List<String> KEYS = List.of("RSA", "EC");

    /** Faults of settings that are right by themselves and cannot work together: a line each, with its remedy. */
    List<String> violations() {
        return Stream.of(
                        credential(Setting.KAFKA_SASL_USERNAME, username),
                        credential(Setting.KAFKA_SASL_PASSWORD, password),
                        file(Setting.KAFKA_SSL_CA_FILE, caFile),
                        file(Setting.KAFKA_SSL_CERTIFICATE_FILE, certificateFile),
                        file(Setting.KAFKA_SSL_KEY_FILE, keyFile),
                        certificateWithKey())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> credential(Setting setting, String value) {
        if (isSasl() && value.isEmpty()) {
            return Optional.of(setting + " must be set where KAFKA_SECURITY_PROTOCOL is " + protocol);
        }
        return isSasl() || value.isEmpty() ? Optional.empty() : Optional.of(misplaced(setting, "SASL_SSL"));
    }

    private Optional<String> file(Setting setting, String value) {
        return isTls() || value.isEmpty()
                ? Optional.empty()
                : Optional.of(misplaced(setting, isSasl() ? "SASL_SSL" : "SSL"));
    }

    private Optional<String> certificateWithKey() {
        if (certificateFile.isEmpty() != keyFile.isEmpty()) {
            return Optional.of("KAFKA_SSL_CERTIFICATE_FILE and KAFKA_SSL_KEY_FILE must both be set, or neither");
        }
        try {
            if (!keyFile.isEmpty()) {
                var unused = key();
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            Setting setting = Setting.KAFKA_SSL_KEY_FILE;
            return Optional.of(setting + " must be " + setting.expectation() + "; " + e.getMessage());
        }
    }

    /** The key in the form that Kafka's clients read, whichever it has in its file. */
    private String key() {
        PrivateKey key = CertificateAndKey.of(new MountedFile(certificateFile).text(), new MountedFile(keyFile).text())
                .key();
        if (!KEYS.contains(key.getAlgorithm())) {
            throw new IllegalArgumentException("the key in it is none of " + String.join(" or ", KEYS));
        }
        return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                .formatted(Base64.getMimeEncoder().encodeToString(key.getEncoded()));
    }

    private String misplaced(Setting setting, String remedy) {
        return "%s must not be set where KAFKA_SECURITY_PROTOCOL is %s; set that to %s, or leave this one out"
                .formatted(setting, protocol, remedy);
    }

    private boolean isSasl() {
        return protocol.startsWith("SASL_");
    }

    private boolean isTls() {
        return protocol.endsWith("SSL");
    }

    /**
     * The properties of Kafka's clients.
     *
     * @throws IllegalArgumentException if a file cannot be read any more; the message quotes nothing of it
     */
    Map<String, String> clientProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
        if (isSasl()) {
            properties.put(SaslConfigs.SASL_MECHANISM, mechanism);
            properties.put(SaslConfigs.SASL_JAAS_CONFIG, login());
        }
        if (isTls()) {
            // Kafka's default, which other ways of setting up clients could take away.
            properties.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "https");
            properties.putAll(certificates());
        }
        return properties;
    }

    private String login() {
        Class<?> module = mechanism.equals("PLAIN") ? PlainLoginModule.class : ScramLoginModule.class;
        return "%s required username=%s password=%s;".formatted(module.getName(), quoted(username), quoted(password));
    }

    /** Quotes a text for a {@link java.io.StreamTokenizer}, which is what Kafka takes such a line apart with. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private Map<String, String> certificates() {
        Map<String, String> properties = new LinkedHashMap<>();
        if (!caFile.isEmpty()) {
            properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
            properties.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, certificates(caFile));
        }
        if (!keyFile.isEmpty()) {
            properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
            properties.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, certificates(certificateFile));
            properties.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, key());
        }
        return properties;
    }

    private static String certificates(String file) {
        String text = new MountedFile(file).text();
        var unused = PemCertificates.eachIn(text);
        return text;
    }

    /** Protocol alone, so that no log has the password. */
    @Override
    public String toString() {
        return protocol;
    }
}
