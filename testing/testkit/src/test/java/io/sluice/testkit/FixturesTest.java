package io.sluice.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Event;
import io.sluice.contract.EventCodec;
import io.sluice.contract.Topic;
import io.sluice.settings.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class FixturesTest {

    private final Servers.Addresses servers = Servers.shared();
    private final Records records = new Records(servers.kafkaBootstrapServers(), Topic.MESSAGES.name(""));
    private final Messages messages = new Messages(servers.databaseUrl());

    @Test
    void recordsAreFoundOnTheirTopic() throws Exception {
        // Given
        Event event =
                Events.with().key("key").subject("subject").payload("[1, 2]").build();
        int before = records.all().size();

        // When
        send(event);

        // Then
        ConsumerRecord<byte[], byte[]> record =
                records.awaitFirst(sent -> "[1, 2]".equals(new String(sent.value(), UTF_8)));
        assertThat(EventCodec.decode(record)).isEqualTo(event);
        assertThat(records.all()).hasSize(before + 1);
    }

    @Test
    void rowsAreFoundInTheTable() throws Exception {
        // Given
        Event event = Events.any();
        messages.truncate();

        // When
        store(event);

        // Then
        assertThat(messages.find(event.id())).hasValueSatisfying(row -> {
            assertThat(row.event()).isEqualTo(event);
            assertThat(row.fingerprint()).isEqualTo(event.fingerprint());
        });
        assertThat(messages.find(Events.any().id())).isEmpty();
        assertThat(messages.count()).isEqualTo(1);
    }

    private void send(Event event) throws Exception {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers.kafkaBootstrapServers());
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(EventCodec.encode(event, records.topic())).get();
        }
    }

    private void store(Event event) throws Exception {
        DatabaseUrl url = DatabaseUrl.parse(servers.databaseUrl());
        String sql =
                "insert into messages (id, type, caller, time, payload, fingerprint) values (?, ?, ?, ?::timestamptz, ?, ?)";
        try (Connection connection = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
                PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setObject(1, event.id());
            insert.setString(2, event.type());
            insert.setString(3, event.caller());
            insert.setString(4, event.time().toString());
            insert.setBytes(5, event.payload());
            insert.setBytes(6, event.fingerprint().bytes());
            insert.executeUpdate();
        }
    }
}
