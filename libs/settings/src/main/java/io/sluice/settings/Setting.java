package io.sluice.settings;

import java.util.List;
import java.util.Optional;

/** The settings: environment variables, the same in all programs. */
public enum Setting {
    /** Kind of deployment. */
    APP_ENV("development", new Check.OneOf("development", "staging", "production"), "ENVIRONMENT"),
    /** Level from which on log records are written. */
    LOG_LEVEL("INFO", new Check.OneOf("TRACE", "DEBUG", "INFO", "WARN", "ERROR")),
    /** Format of log records: for people or for machines. */
    LOG_FORMAT("text", new Check.OneOf("text", "json")),
    /** The file that log records are written to beside the console, or a directory for it; none by default. */
    LOG_FILE(
            "",
            new Check.Legible("the path of a directory, or of a file in one, that can be written to", LogFile::parse)),
    /** The features that are enabled, separated by commas; or all of them, or none. */
    FEATURES("all", new Check.AllOrSomeOf(Feature.names())),
    /** The address to listen at. */
    HTTP_HOST("0.0.0.0", new AddressCheck.Address()),
    /** The TCP port to listen at. */
    HTTP_PORT("8080", new Check.WholeNumber("a port", 1, 65_535)),
    /** The TCP port to show metrics at; never {@link #HTTP_PORT}. */
    MANAGEMENT_PORT("9000", new Check.WholeNumber("a port", 1, 65_535)),
    /** The file with the certificate that the api shows, in PEM; none by default, and then the api speaks plain HTTP. */
    HTTP_TLS_CERTIFICATE_FILE(
            "",
            new Check.Legible(
                    "the path of a PEM file with the server's certificate, and behind it those of the authorities between",
                    path -> CertificateAndKey.chain(new MountedFile(path).text()))),
    /** The file with the private key of {@link #HTTP_TLS_CERTIFICATE_FILE}, in PEM. */
    HTTP_TLS_KEY_FILE(
            "",
            new Check.Legible(
                    "the path of a PEM file with the certificate's private key, without a passphrase",
                    path -> PemKey.in(new MountedFile(path).text()))),
    /** The origins that browsers may call from, separated by commas; none by default. */
    CORS_ORIGINS("", new AddressCheck.Origins()),
    /** The proxies that are believed how clients see the api, separated by commas; none by default. */
    HTTP_TRUSTED_PROXIES(
            "",
            new Check.Legible(
                    "addresses of proxies, or networks of them, separated by commas, as in 10.0.0.0/8,192.0.2.7",
                    Network::parseAll)),
    /** Kafka's bootstrap servers: {@code host:port}, separated by commas. */
    KAFKA_BOOTSTRAP_SERVERS("localhost:9092", new AddressCheck.BootstrapServers()),
    /** Encryption and authentication of connections to Kafka. */
    KAFKA_SECURITY_PROTOCOL("PLAINTEXT", new Check.OneOf("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")),
    /** SASL mechanism by which a user proves who it is. */
    KAFKA_SASL_MECHANISM("SCRAM-SHA-512", new Check.OneOf("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN")),
    /** Kafka's user; none by default. */
    KAFKA_SASL_USERNAME("", new Check.Credential("the name of Kafka's user")),
    /** The user's password; none by default. */
    KAFKA_SASL_PASSWORD("", new Check.Credential("the password of Kafka's user")),
    /** The certificates that may have signed those of the brokers; by default those that the JVM trusts. */
    KAFKA_SSL_CA_FILE(
            "",
            new Check.Legible(
                    "the path of a file with certificates in PEM",
                    path -> PemCertificates.eachIn(new MountedFile(path).text()))),
    /** The certificate that clients show to Kafka, and those that lead to its issuer's; none by default. */
    KAFKA_SSL_CERTIFICATE_FILE(
            "",
            new Check.Legible(
                    "the path of a file with certificates in PEM",
                    path -> PemCertificates.eachIn(new MountedFile(path).text()))),
    /** The key of that certificate; none by default. */
    KAFKA_SSL_KEY_FILE(
            "",
            new Check.Legible(
                    "the path of a file with a private key in PEM", path -> PemKey.in(new MountedFile(path).text()))),
    /** The consumer group that stores events. */
    KAFKA_GROUP_ID("sluice", new Check.Name("sluice")),
    /** Number of partitions of each topic. */
    TOPIC_PARTITIONS("12", new Check.WholeNumber("a whole number of partitions", 1, 10_000)),
    /** Number of brokers that keep each record. */
    TOPIC_REPLICATION_FACTOR("1", new Check.WholeNumber("a whole number of brokers", 1, 1_000)),
    /** Prefix of each topic's name. */
    TOPIC_PREFIX("", new Check.TopicPrefix()),
    /** Address of the database; see {@link DatabaseUrl}. */
    DATABASE_URL(
            "postgresql://sluice:sluice@localhost:5432/sluice",
            new Check.Legible(
                    "a connection URI, as in postgresql://user:password@host:5432/database?sslmode=require",
                    DatabaseUrl::parse)),
    /** The file that holds where the database is, in place of {@link #DATABASE_URL}; none by default. */
    DATABASE_URL_FILE(
            "",
            new Check.Legible(
                    "the path of a file that holds what DATABASE_URL would", path -> new DatabaseUrlFile(path).read())),
    /** Address of the database for init-job, where it is another one; none by default. */
    MIGRATION_DATABASE_URL(
            "",
            new Check.Legible(
                    "a connection URI, as in postgresql://user:password@host:5432/database?sslmode=require",
                    DatabaseUrl::parse)),
    /** Number of connections to the database that a program holds at most. */
    DATABASE_POOL_SIZE("10", new Check.WholeNumber("a whole number of connections", 1, 1_000)),
    /** Days that records are kept on the topics, and rows in the tables. */
    RETENTION_DAYS("30", new Check.WholeNumber("a whole number of days", 1, 36_500)),
    /** Address of the storage of bytes that are too large for a row; see {@link StorageUrl}. */
    STORAGE_URL(
            "file:///data",
            new Check.Legible(
                    "a directory, as in file:///data, or a bucket of S3, as in s3://bucket/prefix", StorageUrl::parse)),
    /** Endpoint of what speaks S3's protocol, such as MinIO; AWS's own by default. */
    AWS_ENDPOINT_URL_S3("", new AddressCheck.Endpoint("http://minio:9000"), "S3_ENDPOINT"),
    /** Region that requests to S3 are signed for. */
    AWS_REGION("us-east-1", new Check.Word("the name of a region", "eu-central-1"), "AWS_DEFAULT_REGION", "S3_REGION"),
    /** Name of the access key of S3; none by default. */
    AWS_ACCESS_KEY_ID("", new Check.Credential("the name of the access key"), "S3_ACCESS_KEY_ID"),
    /** Secret of the access key of S3; none by default. */
    AWS_SECRET_ACCESS_KEY("", new Check.Credential("the secret of the access key"), "S3_SECRET_ACCESS_KEY"),
    /** The file with name and secret of the access key of S3, in place of these; none by default. */
    AWS_SHARED_CREDENTIALS_FILE(
            "",
            new Check.Legible(
                    "the path of a file with aws_access_key_id and aws_secret_access_key, as the AWS CLI writes it",
                    path -> new SharedCredentials(path).check())),
    /** Detector of objects in images: the program itself, or a model server. {@code dummy} and {@code real} are other names of the two. */
    DETECTOR("builtin", new Check.OneOf("builtin", "kserve", "dummy", "real"), "MODE"),
    /** URL of the model server; none by default. */
    MODEL_SERVER_URL("", new AddressCheck.Endpoint("http://circles.models.svc.cluster.local")),
    /** Protocol that is spoken with the model server; see {@link DetectorSettings.Protocol}. */
    MODEL_SERVER_PROTOCOL("v1", new Check.OneOf("v1", "v2")),
    /** Name of the model on the model server; none by default. */
    MODEL_NAME("", new Check.Word("the name of a model", "circles")),
    /** Seconds that a request to the model server may take. */
    MODEL_SERVER_TIMEOUT_SECONDS("30", new Check.WholeNumber("a whole number of seconds", 1, 300)),
    /** The directory of the model that texts are embedded by; by default it is the one that comes with the program. */
    EMBEDDING_MODEL(
            "",
            new Check.Legible(
                    "the path of a directory with model.onnx, and with tokenizer.json or vocab.txt",
                    ModelDirectory::check)),
    /** URL of the worker, which ranks passages for the api; none by default. */
    WORKER_URL("", new AddressCheck.Endpoint("http://worker:8080")),
    /** The token that the api shows to the worker; none by default. */
    WORKER_TOKEN("", new Check.Legible(WorkerTokenSettings.EXPECTATION, WorkerTokenSettings::check)),
    /** The file that holds that token, in place of {@link #WORKER_TOKEN}; none by default. */
    WORKER_TOKEN_FILE(
            "", new Check.Legible("the path of a file that holds what WORKER_TOKEN would", WorkerTokenSettings::read)),
    /** Address of Redis, which the api may do without; none by default. See {@link RedisUrl}. */
    REDIS_URL(
            "",
            new Check.Legible(
                    "a URL of Redis, as in redis://host:6379 or rediss://user:password@host:6379/0", RedisUrl::parse)),
    /** The file that holds it, in place of {@link #REDIS_URL}; none by default. */
    REDIS_URL_FILE("", new Check.Legible("the path of a file that holds what REDIS_URL would", RedisSettings::read)),
    /** Provider of the language model; by default the one that there is a key of. See {@link LlmProvider}. */
    LLM_PROVIDER("", new Check.OneOf(LlmProvider.names())),
    /** Name of the language model, as its provider has it; by default {@link LlmProvider#defaultModel()}. */
    LLM_MODEL("", new Check.Word("the name of a model", "llama-3.3-70b-versatile")),
    /** URL of the provider's API, in place of its own; with {@code openai} it may be any server that speaks OpenAI's protocol. */
    LLM_BASE_URL("", new AddressCheck.BaseUrl("http://ollama:11434/v1")),
    /** Seconds within which an answer of a language model begins. */
    LLM_FIRST_TOKEN_TIMEOUT_SECONDS("10", new Check.WholeNumber("a whole number of seconds", 1, 300)),
    /** Seconds within which an answer of a language model ends. */
    LLM_TIMEOUT_SECONDS("120", new Check.WholeNumber("a whole number of seconds", 1, 600)),
    /** Provider that is asked where the first one gives no answer; none by default. */
    LLM_FALLBACK_PROVIDER("", new Check.OneOf(LlmProvider.names())),
    /** Name of its language model; by default {@link LlmProvider#defaultModel()}. */
    LLM_FALLBACK_MODEL("", new Check.Word("the name of a model", "llama-3.1-8b-instant")),
    /** URL of its API, as {@link #LLM_BASE_URL} is. */
    LLM_FALLBACK_BASE_URL("", new AddressCheck.BaseUrl("http://vllm:8000/v1")),
    /** The key of OpenAI; none by default. */
    OPENAI_API_KEY("", new Check.Credential("the key of OpenAI")),
    /** The file that holds it, in its place; none by default. */
    OPENAI_API_KEY_FILE(
            "", new Check.Legible("the path of a file that holds what OPENAI_API_KEY would", LlmKey::check)),
    /** The key of Groq; none by default. */
    GROQ_API_KEY("", new Check.Credential("the key of Groq")),
    /** The file that holds it, in its place; none by default. */
    GROQ_API_KEY_FILE("", new Check.Legible("the path of a file that holds what GROQ_API_KEY would", LlmKey::check)),
    /** The key of OpenRouter; none by default. */
    OPENROUTER_API_KEY("", new Check.Credential("the key of OpenRouter")),
    /** The file that holds it, in its place; none by default. */
    OPENROUTER_API_KEY_FILE(
            "", new Check.Legible("the path of a file that holds what OPENROUTER_API_KEY would", LlmKey::check)),
    /** The key of Anthropic; none by default. */
    ANTHROPIC_API_KEY("", new Check.Credential("the key of Anthropic")),
    /** The file that holds it, in its place; none by default. */
    ANTHROPIC_API_KEY_FILE(
            "", new Check.Legible("the path of a file that holds what ANTHROPIC_API_KEY would", LlmKey::check)),
    /** The key of Gemini; none by default. */
    GEMINI_API_KEY("", new Check.Credential("the key of Gemini"), "GOOGLE_API_KEY"),
    /** The file that holds it, in its place; none by default. */
    GEMINI_API_KEY_FILE(
            "",
            new Check.Legible("the path of a file that holds what GEMINI_API_KEY would", LlmKey::check),
            "GOOGLE_API_KEY_FILE"),
    /** Rules for answers beside those that hold for all; see {@link ChatSettings}. */
    CHAT_PROFILE("none", new Check.OneOf("none", "healthcare")),
    /** Phrases that sound like an emergency, beside those that the program knows, separated by commas; none by default. */
    CHAT_EMERGENCY_PHRASES("", new Check.Phrases()),
    /** The secret that bearer tokens are signed with, as HS256; none by default. */
    AUTH_SECRET("", new Check.Secret(32, 1_000), "BETTER_AUTH_SECRET"),
    /** URL of the JWK Set with the public keys that bearer tokens are signed with; none by default. */
    AUTH_JWKS_URL("", new AddressCheck.KeySetUrl()),
    /** The issuer that bearer tokens must have; none has to be there by default. */
    AUTH_ISSUER("", new Check.Name("https://login.example.com/")),
    /** The audience that bearer tokens must be for; by default they must be for none in particular. */
    AUTH_AUDIENCE("", new Check.Name("sluice")),
    /** The claim that has the scopes of bearer tokens; by default {@code scope} and {@code scp}. */
    AUTH_SCOPES_CLAIM("", new Check.Word("the name of a claim", "realm_access.roles")),
    /** Prefix of each scope in bearer tokens; none by default. */
    AUTH_SCOPES_PREFIX("", new Check.Word("what stands before each scope", "sluice/")),
    /** Scopes of a bearer token that has no claim for scopes, separated by commas; none by default. */
    AUTH_DEFAULT_SCOPES(
            "",
            new Check.SomeOf(
                    "messages:read",
                    "messages:write",
                    "messages:erase",
                    "messages:replay",
                    "dead-letters:manage",
                    "tasks",
                    "images:read",
                    "images:write",
                    "documents:read",
                    "documents:write",
                    "chat")),
    /** Seconds by which the clock of whoever issues bearer tokens may differ from this one. */
    AUTH_CLOCK_SKEW_SECONDS("30", new Check.WholeNumber("a whole number of seconds", 0, 300)),
    /** Requests a second that one caller may send to a replica of the api; 0 for any number. */
    RATE_LIMIT("1000", new Check.WholeNumber("a whole number of requests a second", 0, 1_000_000));

    private final String defaultValue;
    private final Check check;
    private final List<String> aliases;

    Setting(String defaultValue, Check check, String... aliases) {
        this.defaultValue = defaultValue;
        this.check = check;
        this.aliases = List.of(aliases);
    }

    /** Value where the variable is not set or empty. */
    public String defaultValue() {
        return defaultValue;
    }

    /** Other names that the variable may have. Where several are set, their values must be the same. */
    public List<String> aliases() {
        return aliases;
    }

    /** Expectation of a value, for people. */
    public String expectation() {
        return check.expectation();
    }

    /** Fault of the value and its remedy, on one line, to be put behind the variable's name; empty if it is right. */
    Optional<String> violation(String value) {
        // Not stripped: other readers of the same variable would still see the white space.
        return value.equals(value.strip())
                ? Optional.ofNullable(check.fault(value))
                : Optional.of("must not begin or end with white space; it must be " + expectation());
    }
}
