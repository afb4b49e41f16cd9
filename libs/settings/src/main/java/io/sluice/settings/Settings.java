package io.sluice.settings;

import io.sluice.contract.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;

/** The settings' values, all of them checked. */
public final class Settings {

    private final Map<Setting, String> values;

    private Settings(Map<Setting, String> values) {
        this.values = values;
    }

    /**
     * Reads and checks all settings.
     *
     * @param source gives the value of an environment variable, or {@code null} where it is not set
     * @throws InvalidSettingsException if any value is wrong; it names all that are
     */
    public static Settings from(Function<String, @Nullable String> source) {
        return from(source, KeyRules::violations);
    }

    /**
     * As {@link #from}, for the program that asks for bearer tokens: except in development it needs a key to check them with.
     *
     * @throws InvalidSettingsException if any value is wrong, or there is no key; it names all that is
     */
    public static Settings ofApi(Function<String, @Nullable String> source) {
        return from(source, values -> Stream.of(KeyRules.violations(values), KeyRules.violationsOfApi(values))
                .flatMap(List::stream)
                .toList());
    }

    private static Settings from(
            Function<String, @Nullable String> source, Function<Map<Setting, String>, List<String>> rules) {
        Environment environment = new Environment(source);
        Map<Setting, String> values = environment.values();
        Map<Setting, String> faults = environment.faults();
        Settings settings = new Settings(values);
        List<String> violations = new ArrayList<>(faults.values());
        if (Collections.disjoint(faults.keySet(), KafkaSecurity.SETTINGS)) {
            violations.addAll(settings.kafkaSecurity().violations());
        }
        if (environment.sets(Setting.DATABASE_URL) && environment.sets(Setting.DATABASE_URL_FILE)) {
            violations.add("DATABASE_URL and DATABASE_URL_FILE must not both be set; leave one of them out");
        }
        violations.addAll(ListenerRules.portViolations(values));
        violations.addAll(rules.apply(values));
        violations.addAll(ListenerRules.certificateViolations(values));
        if (!violations.isEmpty()) {
            throw new InvalidSettingsException(violations);
        }
        return settings;
    }

    /** Whether this is where people develop: nothing waits for load balancers there. */
    public boolean development() {
        return text(Setting.APP_ENV).equalsIgnoreCase("development");
    }

    /** From which level on log records are written, in upper case. */
    public String logLevel() {
        return text(Setting.LOG_LEVEL).toUpperCase(Locale.ROOT);
    }

    /** Whether log records are written as JSON. */
    public boolean logsJson() {
        return text(Setting.LOG_FORMAT).equalsIgnoreCase("json");
    }

    /** The address to listen at. */
    public String httpHost() {
        return text(Setting.HTTP_HOST);
    }

    /** The TCP port to listen at. */
    public int httpPort() {
        return number(Setting.HTTP_PORT);
    }

    /** The TCP port to show metrics at, and nothing else. */
    public int managementPort() {
        return number(Setting.MANAGEMENT_PORT);
    }

    /** Whether the api speaks TLS, and nothing else. */
    public boolean speaksTls() {
        return !text(Setting.HTTP_TLS_CERTIFICATE_FILE).isEmpty();
    }

    /**
     * What the api shows its clients if it {@link #speaksTls()}: what the files hold now.
     *
     * @throws IllegalArgumentException if the files do not hold one any more; the message quotes nothing of them
     */
    public CertificateAndKey httpCertificate() {
        return CertificateAndKey.of(
                new MountedFile(text(Setting.HTTP_TLS_CERTIFICATE_FILE)).text(),
                new MountedFile(text(Setting.HTTP_TLS_KEY_FILE)).text());
    }

    /** The origins that browsers may call from, separated by commas; may be empty. */
    public String corsOrigins() {
        return text(Setting.CORS_ORIGINS);
    }

    /** The proxies that are believed how clients see the api. */
    public List<Network> httpTrustedProxies() {
        return given(Setting.HTTP_TRUSTED_PROXIES).map(Network::parseAll).orElse(List.of());
    }

    /** The consumer group that stores events. */
    public String kafkaGroupId() {
        return text(Setting.KAFKA_GROUP_ID);
    }

    /** How many connections to the database a program holds at most. */
    public int databasePoolSize() {
        return number(Setting.DATABASE_POOL_SIZE);
    }

    /** Kafka's {@code bootstrap.servers}. */
    public String kafkaBootstrapServers() {
        return text(Setting.KAFKA_BOOTSTRAP_SERVERS);
    }

    /**
     * What each client of Kafka is made with: where Kafka is, and how to prove who one is. Holds the password.
     *
     * @throws IllegalArgumentException if a certificate's or a key's file cannot be read any more; the message quotes nothing of it
     */
    public Map<String, String> kafkaClientProperties() {
        Map<String, String> properties = kafkaSecurity().clientProperties();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafkaBootstrapServers());
        return properties;
    }

    private KafkaSecurity kafkaSecurity() {
        return new KafkaSecurity(
                text(Setting.KAFKA_SECURITY_PROTOCOL).toUpperCase(Locale.ROOT),
                text(Setting.KAFKA_SASL_MECHANISM).toUpperCase(Locale.ROOT),
                text(Setting.KAFKA_SASL_USERNAME),
                text(Setting.KAFKA_SASL_PASSWORD),
                text(Setting.KAFKA_SSL_CA_FILE),
                text(Setting.KAFKA_SSL_CERTIFICATE_FILE),
                text(Setting.KAFKA_SSL_KEY_FILE));
    }

    /** The topic's name on the broker, with the prefix. */
    public String topicName(Topic topic) {
        return topic.name(text(Setting.TOPIC_PREFIX));
    }

    /** How many partitions each topic has. */
    public int topicPartitions() {
        return number(Setting.TOPIC_PARTITIONS);
    }

    /** How many brokers keep each record. */
    public short topicReplicationFactor() {
        return (short) number(Setting.TOPIC_REPLICATION_FACTOR);
    }

    /** For how long records are kept on the topics, and rows in the tables. */
    public Duration retention() {
        return Duration.ofDays(number(Setting.RETENTION_DAYS));
    }

    /**
     * Where the database is: what the file holds now, if it is in one.
     *
     * @throws IllegalArgumentException if it is in a file that does not hold it any more; the message quotes nothing of it
     */
    public DatabaseUrl databaseUrl() {
        return hasDatabaseUrlFile()
                ? new DatabaseUrlFile(text(Setting.DATABASE_URL_FILE)).read()
                : DatabaseUrl.parse(text(Setting.DATABASE_URL));
    }

    /** Whether {@link #databaseUrl()} is read from a file, and may become another one. */
    public boolean hasDatabaseUrlFile() {
        return !text(Setting.DATABASE_URL_FILE).isEmpty();
    }

    /** Whether nobody has to say who they are, because there is no key to check bearer tokens with. */
    public boolean open() {
        return authSecret().isEmpty() && authJwksUrl().isEmpty();
    }

    /** The secret that bearer tokens are signed with, as HS256. */
    public Optional<String> authSecret() {
        return given(Setting.AUTH_SECRET);
    }

    /** Where the public keys are that bearer tokens are signed with. */
    public Optional<String> authJwksUrl() {
        return given(Setting.AUTH_JWKS_URL);
    }

    /** The issuer that bearer tokens must have. */
    public Optional<String> authIssuer() {
        return given(Setting.AUTH_ISSUER);
    }

    /** The audience that bearer tokens must be for. */
    public Optional<String> authAudience() {
        return given(Setting.AUTH_AUDIENCE);
    }

    /** The claim that has the scopes of bearer tokens, or its path, with dots between; {@code scope} and {@code scp} without one. */
    public Optional<String> authScopesClaim() {
        return given(Setting.AUTH_SCOPES_CLAIM);
    }

    /** What stands before each scope in bearer tokens; may be empty. */
    public String authScopesPrefix() {
        return text(Setting.AUTH_SCOPES_PREFIX);
    }

    /** What a bearer token without any claim for scopes allows. */
    public Set<String> authDefaultScopes() {
        return given(Setting.AUTH_DEFAULT_SCOPES).stream()
                .flatMap(scopes -> Stream.of(scopes.split(",", -1)))
                .map(String::strip)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** By how much the clock of who issues bearer tokens may differ from this one's. */
    public Duration authClockSkew() {
        return Duration.ofSeconds(number(Setting.AUTH_CLOCK_SKEW_SECONDS));
    }

    /** How many requests a second one caller may send to a replica of the api; 0 where there is no limit. */
    public int rateLimit() {
        return number(Setting.RATE_LIMIT);
    }

    private Optional<String> given(Setting setting) {
        return Optional.of(text(setting)).filter(value -> !value.isEmpty());
    }

    private String text(Setting setting) {
        return values.getOrDefault(setting, setting.defaultValue());
    }

    private int number(Setting setting) {
        return Integer.parseInt(text(setting));
    }
}
