package io.sluice.api.publishing;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.contract.Topic;
import io.sluice.runtime.logs.LogLine;
import io.sluice.settings.KafkaSettings;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The producer that takes events, and whatever takes its place. It is set up so that it never waits: the event loop calls it. What
 * it cannot take at once, because it does not know the topic or its memory is full, it refuses.
 *
 * <p>Two may deliver at the same time for as long as an event is tried. Events of one key keep the order of their 202s all the same:
 * one that has its 202 is in Kafka, so whatever is handed over after that, to whichever producer, is behind it.
 */
@Singleton
class EventProducer {

    private static final Logger LOG = Logger.getLogger(EventProducer.class.getName());

    /** No event waits for longer than {@link ProducerConfiguration#DELIVERY}: a producer that has acknowledged none for this long may be dead. */
    private static final Duration STUCK = Duration.ofSeconds(15);

    /** Age at which a producer that still does not know the topic is replaced: its first request may have made it fail for good. */
    private static final Duration LEARN = Duration.ofSeconds(5);

    /** Time that shutdown leaves for events whose requests are answered already; see application.properties. */
    private static final Duration CLOSE = Duration.ofSeconds(9);

    private final ProducerConfiguration configuration;
    private final String topic;
    private final InFlightSends sends;
    private final KafkaCircuitBreaker breaker;
    private final MeterRegistry registry;
    private volatile @Nullable TopicProducer current;
    private @Nullable TopicProducer next;

    EventProducer(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            KafkaSettings settings,
            InFlightSends sends,
            KafkaCircuitBreaker breaker,
            MeterRegistry registry) {
        this.configuration = ProducerConfiguration.of(kafka);
        this.topic = settings.topicName(Topic.MESSAGES);
        this.sends = sends;
        this.breaker = breaker;
        this.registry = registry;
    }

    /** The producer that takes events now, or {@code null} if there is none. It can be {@link TopicProducer#over()}. */
    @Nullable TopicProducer current() {
        return current;
    }

    /**
     * Sees to it that there is a producer for the topic that has this id. It is not made before it is needed: one whose first request
     * meets a broker that refuses the credentials fails for good. Nor is the first to ask for the topic: see {@link Topics}.
     *
     * @param partitions how many the topic has, so that each has its share of the memory
     * @return whether there is one that takes events; if not, call this again a moment later
     * @throws KafkaException if a producer cannot be made
     */
    synchronized boolean serve(Uuid topicId, int partitions) {
        TopicProducer serving = current;
        if (serving != null && !serving.topicId().equals(topicId)) {
            stop();
            serving = null;
        }
        if (serving != null && serving.over() == null && !isStuck(serving)) {
            serving.lookForRetries();
            return true;
        }
        TopicProducer prepared = prepared(topicId, partitions);
        if (prepared.knowsTopic()) {
            replace(serving, prepared);
            return true;
        }
        return serving != null && serving.over() == null;
    }

    private boolean isStuck(TopicProducer serving) {
        return breaker.openFor().compareTo(STUCK) >= 0 && serving.age().compareTo(STUCK) >= 0;
    }

    private TopicProducer prepared(Uuid topicId, int partitions) {
        TopicProducer prepared = next;
        if (prepared != null
                && (prepared.over() != null
                        || !prepared.topicId().equals(topicId)
                        || prepared.age().compareTo(LEARN) >= 0)) {
            close(prepared, Duration.ZERO);
            prepared = null;
        }
        if (prepared == null) {
            prepared = new TopicProducer(configuration.forTopicOf(partitions), topic, topicId, sends.newCount());
        }
        next = prepared;
        return prepared;
    }

    private void replace(@Nullable TopicProducer serving, TopicProducer prepared) {
        if (serving != null) {
            Exception failure = serving.failure();
            LogLine.of("producer-replaced")
                    .with(
                            "reason",
                            failure == null
                                    ? "it has acknowledged nothing for %d s".formatted(STUCK.toSeconds())
                                    : failure)
                    .write(LOG, Level.WARN);
            serving.unbindMetrics();
        }
        prepared.bindMetrics(registry);
        next = null;
        current = prepared;
        if (serving != null) {
            close(serving, ProducerConfiguration.DELIVERY);
        }
    }

    /** Lets nobody ask for the topic or write to it: it is not there, or another one. */
    synchronized void stop() {
        TopicProducer serving = current;
        current = null;
        if (serving != null) {
            close(serving, Duration.ZERO);
        }
        if (next != null) {
            close(next, Duration.ZERO);
            next = null;
        }
    }

    /** Closes a producer on a thread of its own: the one of a producer that hangs is waited for. */
    private void close(TopicProducer ended, Duration deliver) {
        Thread closing = new Thread(
                () -> {
                    ended.close(deliver);
                    sends.forget(ended.inFlight());
                },
                "producer-close");
        closing.setDaemon(true);
        closing.start();
    }

    @PreDestroy
    synchronized void end() {
        TopicProducer serving = current;
        if (serving != null) {
            serving.close(CLOSE);
        }
        if (next != null) {
            next.close(Duration.ZERO);
        }
    }
}
