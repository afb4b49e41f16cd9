package io.sluice.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {

    private static final Map<Setting, String> WRONG = new EnumMap<>(Map.ofEntries(
            Map.entry(Setting.APP_ENV, "prod"),
            Map.entry(Setting.LOG_LEVEL, "loud"),
            Map.entry(Setting.LOG_FORMAT, "xml"),
            Map.entry(Setting.LOG_FILE, "/nowhere/api.log"),
            Map.entry(Setting.HTTP_HOST, " "),
            Map.entry(Setting.HTTP_PORT, "http"),
            Map.entry(Setting.MANAGEMENT_PORT, "http"),
            Map.entry(Setting.HTTP_TLS_CERTIFICATE_FILE, "/nowhere/tls.crt"),
            Map.entry(Setting.HTTP_TLS_KEY_FILE, "/nowhere/tls.key"),
            Map.entry(Setting.CORS_ORIGINS, "app.example.com"),
            Map.entry(Setting.KAFKA_BOOTSTRAP_SERVERS, "localhost"),
            Map.entry(Setting.KAFKA_SECURITY_PROTOCOL, "TLS"),
            Map.entry(Setting.KAFKA_SASL_MECHANISM, "MD5"),
            Map.entry(Setting.KAFKA_SASL_USERNAME, "größer"),
            Map.entry(Setting.KAFKA_SASL_PASSWORD, "größer"),
            Map.entry(Setting.KAFKA_SSL_CA_FILE, "/nowhere/ca.crt"),
            Map.entry(Setting.KAFKA_SSL_CERTIFICATE_FILE, "/nowhere/tls.crt"),
            Map.entry(Setting.KAFKA_SSL_KEY_FILE, "/nowhere/tls.key"),
            Map.entry(Setting.KAFKA_GROUP_ID, "\t"),
            Map.entry(Setting.TOPIC_PARTITIONS, "0"),
            Map.entry(Setting.TOPIC_REPLICATION_FACTOR, "1.5"),
            Map.entry(Setting.TOPIC_PREFIX, "eu/"),
            Map.entry(Setting.DATABASE_URL, "mysql://localhost/sluice"),
            Map.entry(Setting.DATABASE_URL_FILE, "/nowhere/url"),
            Map.entry(Setting.MIGRATION_DATABASE_URL, "localhost"),
            Map.entry(Setting.DATABASE_POOL_SIZE, "-1"),
            Map.entry(Setting.RETENTION_DAYS, "30d"),
            Map.entry(Setting.STORAGE_URL, "ftp://localhost/images"),
            Map.entry(Setting.AWS_ENDPOINT_URL_S3, "minio:9000"),
            Map.entry(Setting.AWS_REGION, "eu central"),
            Map.entry(Setting.AWS_ACCESS_KEY_ID, "größer"),
            Map.entry(Setting.AWS_SECRET_ACCESS_KEY, "größer"),
            Map.entry(Setting.AWS_SHARED_CREDENTIALS_FILE, "/nowhere/credentials"),
            Map.entry(Setting.DETECTOR, "opencv"),
            Map.entry(Setting.MODEL_SERVER_URL, "kserve:8080"),
            Map.entry(Setting.MODEL_SERVER_PROTOCOL, "grpc"),
            Map.entry(Setting.MODEL_NAME, "two words"),
            Map.entry(Setting.MODEL_SERVER_TIMEOUT_SECONDS, "0"),
            Map.entry(Setting.EMBEDDING_MODEL, "/nowhere/model"),
            Map.entry(Setting.WORKER_URL, "worker:8080"),
            Map.entry(Setting.WORKER_TOKEN, "too-short"),
            Map.entry(Setting.WORKER_TOKEN_FILE, "/nowhere/token"),
            Map.entry(Setting.REDIS_URL, "localhost:6379"),
            Map.entry(Setting.REDIS_URL_FILE, "/nowhere/url"),
            Map.entry(Setting.LLM_PROVIDER, "mistral"),
            Map.entry(Setting.LLM_MODEL, "two words"),
            Map.entry(Setting.LLM_BASE_URL, "ollama:11434"),
            Map.entry(Setting.LLM_FIRST_TOKEN_TIMEOUT_SECONDS, "0"),
            Map.entry(Setting.LLM_TIMEOUT_SECONDS, "601"),
            Map.entry(Setting.LLM_FALLBACK_PROVIDER, "mistral"),
            Map.entry(Setting.LLM_FALLBACK_MODEL, "two words"),
            Map.entry(Setting.LLM_FALLBACK_BASE_URL, "http://user@vllm/v1"),
            Map.entry(Setting.OPENAI_API_KEY, "größer"),
            Map.entry(Setting.OPENAI_API_KEY_FILE, "/nowhere/key"),
            Map.entry(Setting.GROQ_API_KEY, "größer"),
            Map.entry(Setting.GROQ_API_KEY_FILE, "/nowhere/key"),
            Map.entry(Setting.OPENROUTER_API_KEY, "größer"),
            Map.entry(Setting.OPENROUTER_API_KEY_FILE, "/nowhere/key"),
            Map.entry(Setting.ANTHROPIC_API_KEY, "größer"),
            Map.entry(Setting.ANTHROPIC_API_KEY_FILE, "/nowhere/key"),
            Map.entry(Setting.GEMINI_API_KEY, "größer"),
            Map.entry(Setting.GEMINI_API_KEY_FILE, "/nowhere/key"),
            Map.entry(Setting.CHAT_PROFILE, "hospital"),
            Map.entry(Setting.CHAT_EMERGENCY_PHRASES, "snake bite,,shock"),
            Map.entry(Setting.HTTP_TRUSTED_PROXIES, "ingress"),
            Map.entry(Setting.AUTH_SECRET, "too-short"),
            Map.entry(Setting.AUTH_JWKS_URL, "ftp://login.example.com/jwks.json"),
            Map.entry(Setting.AUTH_ISSUER, "größer"),
            Map.entry(Setting.AUTH_AUDIENCE, "\t"),
            Map.entry(Setting.AUTH_SCOPES_CLAIM, "two words"),
            Map.entry(Setting.AUTH_SCOPES_PREFIX, "\"sluice/\""),
            Map.entry(Setting.AUTH_DEFAULT_SCOPES, "messages:read,admin"),
            Map.entry(Setting.AUTH_CLOCK_SKEW_SECONDS, "301"),
            Map.entry(Setting.FEATURES, "messages,nothing"),
            Map.entry(Setting.RATE_LIMIT, "-1")));

    /** All groups of settings. */
    private record Settings(
            KafkaSettings kafka, TopicLayoutSettings topics, DatabaseSettings database, RetentionSettings retention) {

        static Settings from(Function<String, String> source) {
            return Environment.read(source, Settings::read);
        }

        private static Settings read(Environment environment) {
            List<?> unused =
                    OTHERS.stream().map(group -> group.apply(environment)).toList();
            return new Settings(
                    new KafkaSettings(environment),
                    new TopicLayoutSettings(environment),
                    new DatabaseSettings(environment),
                    new RetentionSettings(environment));
        }
    }

    private static final List<Function<Environment, ?>> OTHERS = List.of(
            DeploymentSettings::new,
            LogSettings::new,
            FeatureSettings::new,
            HttpSettings::new,
            HttpsSettings::new,
            CorsSettings::new,
            ProxySettings::new,
            KafkaGroupSettings::new,
            DatabasePoolSettings::new,
            MigrationSettings::new,
            StorageSettings::new,
            DetectorSettings::new,
            EmbeddingSettings::new,
            WorkerSettings::new,
            RedisSettings::new,
            LlmSettings::new,
            AuthSettings::new,
            RateLimitSettings::new,
            ChatSettings::new);

    @Test
    void nothingHasToBeSet() {
        // When
        Settings settings = Settings.from(name -> null);

        // Then
        assertThat(settings.kafka().bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(settings.kafka().topicName(Topic.MESSAGES)).isEqualTo("messages");
        assertThat(settings.topics().partitions()).isEqualTo(12);
        assertThat(settings.topics().replicationFactor()).isEqualTo((short) 1);
        assertThat(settings.retention().retention()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.database().url())
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://localhost:5432/sluice", "sluice", "sluice"));
    }

    @Test
    void whatIsSetHolds() {
        // When
        Settings settings = Settings.from(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "a:9092,b:9093",
                "TOPIC_PREFIX", "eu.",
                "TOPIC_PARTITIONS", "3",
                "TOPIC_REPLICATION_FACTOR", "2",
                "RETENTION_DAYS", "7",
                "DATABASE_URL", "postgres://db/events")::get);

        // Then
        assertThat(settings.kafka().bootstrapServers()).isEqualTo("a:9092,b:9093");
        assertThat(settings.kafka().topicName(Topic.DEAD_LETTERS)).isEqualTo("eu.dead-letters");
        assertThat(settings.topics().partitions()).isEqualTo(3);
        assertThat(settings.topics().replicationFactor()).isEqualTo((short) 2);
        assertThat(settings.retention().retention()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.database().url()).isEqualTo(new DatabaseUrl("jdbc:postgresql://db/events", null, null));
    }

    @Test
    void whereTheDatabaseIsCanBeInAFileAndIsReadAnewEachTime(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("url"), "postgresql://u:first@db/events\r\n\n");
        DatabaseSettings settings =
                Environment.read(Map.of("DATABASE_URL_FILE", file.toString())::get, DatabaseSettings::new);
        DatabaseUrl before = settings.url();

        // When
        Files.writeString(file, "postgresql://u:second@db/events");

        // Then
        assertThat(before).isEqualTo(new DatabaseUrl("jdbc:postgresql://db/events", "u", "first"));
        assertThat(settings.url().password()).isEqualTo("second");
        Files.writeString(file, "\n");
        assertThatThrownBy(settings::url).hasMessage("the file is empty");
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyVariableIsAsGoodAsNone(Setting setting) {
        assertThatCode(() -> Settings.from(Map.of(setting.name(), "")::get)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void aWrongValueIsNamedInOneLineWithItsRemedy(Setting setting) {
        assertThatThrownBy(() -> Settings.from(Map.of(setting.name(), WRONG.get(setting))::get))
                .isInstanceOf(InvalidSettingsException.class)
                .message()
                .startsWith("The configuration is wrong:\n  " + setting + " must ")
                .contains(setting.expectation())
                .hasLineCount(2);
    }

    @Test
    void allWrongValuesAreNamedAtOnce() {
        // Given
        Map<String, String> environment = new HashMap<>();
        WRONG.forEach((setting, value) -> environment.put(setting.name(), value));

        // When // Then
        assertThatThrownBy(() -> Settings.from(environment::get))
                .isInstanceOf(InvalidSettingsException.class)
                .message()
                .contains(Arrays.stream(Setting.values())
                        .map(setting -> "\n  " + setting + " must ")
                        .toList())
                .contains(
                        "\n  DATABASE_URL and DATABASE_URL_FILE must not both be set",
                        "\n  WORKER_TOKEN and WORKER_TOKEN_FILE must not both be set",
                        "\n  REDIS_URL and REDIS_URL_FILE must not both be set",
                        "\n  AUTH_SECRET and AUTH_JWKS_URL must not both be set")
                .hasLineCount(5 + Setting.values().length);
    }

    @Test
    void twoServersDoNotListenAtOnePort() {
        assertRefused(
                Map.of("HTTP_PORT", "9000"),
                "HTTP_PORT and MANAGEMENT_PORT must differ; give one of them another port");
        assertRefused(
                Map.of("MANAGEMENT_PORT", "8080"),
                "HTTP_PORT and MANAGEMENT_PORT must differ; give one of them another port");
    }

    @Test
    void anAliasHoldsWhereTheNameIsNotSet() {
        assertRefused(
                Map.of("ENVIRONMENT", "prod"),
                "ENVIRONMENT must be one of development, staging, production, but is 'prod'");
        assertRefused(
                Map.of("ENVIRONMENT", "prod", "APP_ENV", ""),
                "ENVIRONMENT must be one of development, staging, production, but is 'prod'");
        assertAccepted("ENVIRONMENT", "production");
    }

    @Test
    void twoNamesOfOneSettingMustNotContradictEachOther() {
        assertThatCode(() -> Settings.from(Map.of("APP_ENV", "staging", "ENVIRONMENT", "staging")::get))
                .doesNotThrowAnyException();
        assertRefused(
                Map.of("APP_ENV", "staging", "ENVIRONMENT", "production"),
                "APP_ENV and ENVIRONMENT are two names of one setting, so their values must be the same; better set only one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "APP_ENV|production",
                "APP_ENV|Production",
                "LOG_LEVEL|debug",
                "LOG_FORMAT|JSON",
                "HTTP_HOST|::",
                "HTTP_HOST|::1",
                "HTTP_HOST|::ffff:127.0.0.1",
                "HTTP_HOST|127.0.0.1",
                "HTTP_HOST|localhost",
                "HTTP_HOST|api-0.api.svc",
                "HTTP_PORT|1",
                "HTTP_PORT|65535",
                "CORS_ORIGINS|*",
                "CORS_ORIGINS|https://app.example.com",
                "CORS_ORIGINS|http://localhost:3000, https://app.example.com",
                "CORS_ORIGINS|http://[::1]:3000",
                "KAFKA_BOOTSTRAP_SERVERS|kafka-0.kafka:9092, kafka-1.kafka:9092",
                "KAFKA_BOOTSTRAP_SERVERS|[::1]:9092,10.0.0.1:65535",
                "KAFKA_GROUP_ID|sluice of the north",
                "TOPIC_PARTITIONS|1",
                "TOPIC_REPLICATION_FACTOR|1000",
                "TOPIC_PREFIX|eu-1_a.",
                "DATABASE_URL|jdbc:postgresql://db:5432/events",
                "RETENTION_DAYS|36500",
                "HTTP_TRUSTED_PROXIES|10.0.0.0/8, fd00::/8,192.0.2.7",
                "AUTH_SECRET|0123456789abcdefghijklmnopqrstuv",
                "BETTER_AUTH_SECRET|0123456789abcdefghijklmnopqrstuv",
                "AUTH_ISSUER|https://login.example.com/",
                "AUTH_SCOPES_CLAIM|https://api.example.com/roles",
                "AUTH_SCOPES_PREFIX|sluice/",
                "AUTH_DEFAULT_SCOPES|messages:read, messages:write",
                "AUTH_CLOCK_SKEW_SECONDS|0",
                "FEATURES|all",
                "FEATURES|none",
                "FEATURES|messages",
                "FEATURES|messages, dead-letters",
                "RATE_LIMIT|0"
            })
    void aRightValueIsAccepted(String name, String value) {
        assertAccepted(name, value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP_HOST|localhost:8080",
                "HTTP_HOST|http://localhost",
                "HTTP_HOST|[::1]",
                "HTTP_HOST|:",
                "HTTP_HOST|1.2.3",
                "HTTP_HOST|1.2.3.256",
                "HTTP_HOST|grün",
                "HTTP_PORT|0",
                "HTTP_PORT|65536",
                "HTTP_PORT|-8080",
                "HTTP_PORT|8080.0",
                "HTTP_PORT|0x50",
                "HTTP_PORT|99999999999",
                "HTTP_PORT|8080 8081",
                "HTTP_PORT|+8080",
                "HTTP_PORT|８０８０",
                "CORS_ORIGINS|*,https://app.example.com",
                "CORS_ORIGINS|https://*.example.com",
                "CORS_ORIGINS|https://app.example.com/",
                "CORS_ORIGINS|https://app.example.com,",
                "CORS_ORIGINS|https://a.example.com https://b.example.com",
                "CORS_ORIGINS|https://",
                "CORS_ORIGINS|https://app.example.com:70000",
                "CORS_ORIGINS|https://grün.example.com",
                "KAFKA_BOOTSTRAP_SERVERS|kafka:",
                "KAFKA_BOOTSTRAP_SERVERS|:9092",
                "KAFKA_BOOTSTRAP_SERVERS|kafka:0",
                "KAFKA_BOOTSTRAP_SERVERS|kafka:65536",
                "KAFKA_BOOTSTRAP_SERVERS|kafka:9092,",
                "KAFKA_BOOTSTRAP_SERVERS|kafka:9092;kafka:9093",
                "KAFKA_BOOTSTRAP_SERVERS|http://kafka:9092",
                "KAFKA_BOOTSTRAP_SERVERS|::1:9092",
                "KAFKA_BOOTSTRAP_SERVERS|käfka:9092",
                "KAFKA_GROUP_ID|größer",
                "TOPIC_PARTITIONS|10001",
                "TOPIC_REPLICATION_FACTOR|0",
                "TOPIC_PREFIX|eu messages",
                "TOPIC_PREFIX|größer",
                "DATABASE_POOL_SIZE|0",
                "RETENTION_DAYS|0"
            })
    void aWrongValueIsRefused(String name, String value) {
        assertRefused(
                Map.of(name, value),
                name + " must be " + Setting.valueOf(name).expectation() + ", but is '" + value + "'");
    }

    @Test
    void aTopicPrefixLeavesRoomForTheName() {
        assertAccepted("TOPIC_PREFIX", "a".repeat(200));
        assertThatThrownBy(() -> Settings.from(Map.of("TOPIC_PREFIX", "a".repeat(201))::get))
                .hasMessageContaining("TOPIC_PREFIX must be nothing, or at most 200");
    }

    @ParameterizedTest
    @EnumSource
    void whiteSpaceAroundAValueIsRefused(Setting setting) {
        String value = setting.defaultValue().isEmpty() ? "x" : setting.defaultValue();
        String violation = setting + " must not begin or end with white space";

        assertRefusedFor(setting, " " + value, violation);
        assertRefusedFor(setting, value + "\n", violation);
        assertRefusedFor(setting, " ", violation);
    }

    private static void assertRefusedFor(Setting setting, String value, String violation) {
        assertRefused(Map.of(setting.name(), value), violation + "; it must be " + setting.expectation());
    }

    @Test
    void aControlCharacterDoesNotBreakTheLine() {
        assertRefused(Map.of("HTTP_PORT", "80\n80"), "HTTP_PORT must be a port from 1 to 65535, but is '80?80'");
    }

    @Test
    void aLongValueIsShownInPart() {
        assertRefused(
                Map.of("HTTP_PORT", "8".repeat(100_000)),
                "HTTP_PORT must be a port from 1 to 65535, but is '" + "8".repeat(60) + "...'");
    }

    @ParameterizedTest
    @EnumSource
    void aValueOfAnyLengthIsJudged(Setting setting) {
        for (String part : List.of(":", ".", "a", "1", "[::]:1,", "https://a,")) {
            assertThatThrownBy(() -> Settings.from(Map.of(setting.name(), part.repeat(10_000) + "!")::get))
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining(setting.name());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KAFKA_BOOTSTRAP_SERVERS|postgresql://user:s3cret@host/db",
                "CORS_ORIGINS|postgresql://user:s3cret@host/db",
                "HTTP_PORT|postgresql://user:s3cret@host/db",
                "HTTP_HOST|postgresql://user:s3cret@host/db",
                "APP_ENV|postgresql://user:s3cret@host/db",
                "TOPIC_PREFIX|postgresql://host/db?user=u&password=s3cret",
                "LOG_LEVEL|host=db password=s3cret"
            })
    void aDatabaseUrlThatStrayedIntoAnotherVariableIsNotQuoted(String name, String url) {
        assertThatThrownBy(() -> Settings.from(Map.of(name, url)::get))
                .hasMessageContaining(name)
                .hasMessageNotContaining("s3cret");
    }

    private static void assertAccepted(String name, String value) {
        assertThatCode(() -> Settings.from(Map.of(name, value)::get)).doesNotThrowAnyException();
    }

    private static void assertRefused(Map<String, String> environment, String violation) {
        assertThatThrownBy(() -> Settings.from(environment::get))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The configuration is wrong:\n  " + violation);
    }
}
