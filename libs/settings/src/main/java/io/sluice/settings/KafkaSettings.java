package io.sluice.settings;

import io.sluice.contract.Topic;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** Connection to Kafka, and names of the topics there. */
public final class KafkaSettings {

    private final String bootstrapServers;
    private final KafkaSecurity security;
    private final String topicPrefix;

    /** Reads them, and what the files among them hold. */
    public KafkaSettings(Environment environment) {
        bootstrapServers = environment.text(Setting.KAFKA_BOOTSTRAP_SERVERS);
        topicPrefix = environment.text(Setting.TOPIC_PREFIX);
        security = new KafkaSecurity(
                environment.text(Setting.KAFKA_SECURITY_PROTOCOL).toUpperCase(Locale.ROOT),
                environment.text(Setting.KAFKA_SASL_MECHANISM).toUpperCase(Locale.ROOT),
                environment.text(Setting.KAFKA_SASL_USERNAME),
                environment.text(Setting.KAFKA_SASL_PASSWORD),
                environment.text(Setting.KAFKA_SSL_CA_FILE),
                environment.text(Setting.KAFKA_SSL_CERTIFICATE_FILE),
                environment.text(Setting.KAFKA_SSL_KEY_FILE));
        if (environment.areRight(KafkaSecurity.SETTINGS)) {
            security.violations().forEach(environment::conflict);
        }
    }

    /** Kafka's {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * Properties of each client of Kafka: where Kafka is, and how the client proves who it is. Holds the password.
     *
     * @throws IllegalArgumentException if a certificate's or a key's file cannot be read any more; the message quotes nothing of it
     */
    public Map<String, String> clientProperties() {
        Map<String, String> properties = security.clientProperties();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return properties;
    }

    /** Name of the topic on the broker, with the prefix. */
    public String topicName(Topic topic) {
        return topic.name(topicPrefix);
    }
}
