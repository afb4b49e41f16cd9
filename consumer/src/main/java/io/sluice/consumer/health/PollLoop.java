package io.sluice.consumer.health;

import io.sluice.consumer.progress.Loop;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/** The connector's part of a loop, which asks Kafka for records; it turns over whether Kafka answers or not. */
@Singleton
class PollLoop {

    private final KafkaClientService clients;

    PollLoop(KafkaClientService clients) {
        this.clients = clients;
    }

    /** Time since the last poll; empty before the first one, and when the client is closed. */
    Optional<Duration> sinceLastPoll(Loop loop) {
        return Optional.ofNullable(clients.getConsumer(loop.channel()))
                .map(channel -> (Consumer<?, ?>) channel.unwrap())
                .flatMap(consumer -> consumer.metrics().values().stream()
                        .filter(metric -> metric.metricName().name().equals("last-poll-seconds-ago"))
                        .findAny())
                .map(PollLoop::seconds)
                .filter(ago -> !ago.isNegative());
    }

    private static Duration seconds(Metric metric) {
        return Duration.ofSeconds(((Number) metric.metricValue()).longValue());
    }
}
