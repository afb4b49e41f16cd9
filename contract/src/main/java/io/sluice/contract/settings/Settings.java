package io.sluice.contract.settings;

import io.sluice.contract.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
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
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        List<String> violations = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            Optional<String> variable = variable(setting, source);
            String name = variable.orElse(setting.name());
            String value = variable.map(source).orElse(setting.defaultValue());
            setting.violation(value).ifPresent(violation -> violations.add(name + " " + violation));
            values.put(setting, value);
        }
        if (!violations.isEmpty()) {
            throw new InvalidSettingsException(violations);
        }
        return new Settings(values);
    }

    /** The name of the variable that sets it: its own or an alias. */
    private static Optional<String> variable(Setting setting, Function<String, @Nullable String> source) {
        return Stream.concat(Stream.of(setting.name()), setting.aliases().stream())
                .filter(name ->
                        source.apply(name) != null && !source.apply(name).isEmpty())
                .findFirst();
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

    /** The origins that browsers may call from, separated by commas; may be empty. */
    public String corsOrigins() {
        return text(Setting.CORS_ORIGINS);
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

    /** For how long records are kept on the topics. */
    public Duration retention() {
        return Duration.ofDays(number(Setting.RETENTION_DAYS));
    }

    /** Where the database is. */
    public DatabaseUrl databaseUrl() {
        return DatabaseUrl.parse(text(Setting.DATABASE_URL));
    }

    private String text(Setting setting) {
        return values.getOrDefault(setting, setting.defaultValue());
    }

    private int number(Setting setting) {
        return Integer.parseInt(text(setting));
    }
}
