package io.sluice.api.publishing;

import io.quarkus.runtime.StartupEvent;
import io.sluice.api.logs.LogLine;
import io.sluice.contract.Topic;
import io.sluice.contract.settings.Settings;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether the topic is there. The producer must not be the first to ask for it: its metadata requests allow the broker to make
 * the topic, and a broker that does so makes it with the wrong number of partitions.
 */
@ApplicationScoped
public class Topics {

    private static final Logger LOG = Logger.getLogger(Topics.class.getName());

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    /** When a connection counts as dead on which a request is not answered: soon enough for a second one to be tried. */
    private static final Duration REQUEST = Duration.ofSeconds(2);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
    private static final Duration PRODUCER_LEARNS = Duration.ofMillis(20);

    private final Map<String, Object> kafka;
    private final String messages;
    private final EventProducer producer;
    private final ScheduledExecutorService tries =
            Executors.newSingleThreadScheduledExecutor(attempt -> new Thread(attempt, "topics"));
    private volatile @Nullable Admin admin;
    private volatile boolean seen;
    private volatile String state = "Kafka has not answered yet";

    Topics(@Identifier("default-kafka-broker") Map<String, Object> kafka, Settings settings, EventProducer producer) {
        this.producer = producer;
        this.kafka = new HashMap<>(kafka);
        this.kafka.put(AdminClientConfig.CLIENT_ID_CONFIG, "api");
        this.kafka.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
        this.kafka.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
        this.messages = settings.topicName(Topic.MESSAGES);
    }

    void start(@Observes StartupEvent event) {
        tries.execute(this::look);
    }

    @PreDestroy
    void stop() {
        tries.shutdownNow();
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    /** Whether the topic has been there once; it is not asked for again. */
    public boolean seen() {
        return seen;
    }

    /** What there is to say about it, for people. */
    public String state() {
        return state;
    }

    /**
     * What Kafka says now.
     *
     * @param well whether the topic is there
     * @param detail what there is to say about it, for people
     */
    public record Answer(boolean well, String detail) {}

    /** Asks Kafka again; only after the topic has been {@link #seen()}. */
    public CompletionStage<Answer> ask() {
        Admin kafka = connected();
        return kafka.listTopics()
                .names()
                .toCompletionStage()
                .thenCombine(
                        kafka.describeCluster().nodes().toCompletionStage(),
                        (names, brokers) -> names.contains(messages)
                                ? new Answer(true, brokers.size() + " brokers")
                                : new Answer(false, missing()));
    }

    private String missing() {
        return "topic " + messages + " does not exist; run init-job";
    }

    private void look() {
        Duration pause = BETWEEN_TRIES;
        try {
            if (!connected().listTopics().names().get().contains(messages)) {
                tell(missing());
            } else if (producer.knows(messages)) {
                seen = true;
                tell("topic " + messages + " seen");
            } else {
                pause = PRODUCER_LEARNS;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | KafkaException e) {
            // Not there, not resolvable, or refusing us: all of that can pass, so it is waited for.
            tell("Kafka cannot be used: " + reason(e));
        }
        if (!seen) {
            Future<?> unused = tries.schedule(this::look, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tell(String now) {
        if (!now.equals(state)) {
            LogLine.of("topics-state").with("state", now).write(LOG, Level.INFO);
        }
        state = now;
    }

    private synchronized Admin connected() {
        if (admin == null) {
            admin = Admin.create(kafka);
        }
        return admin;
    }

    private static String reason(Throwable e) {
        return e.getCause() == null ? e.toString() : reason(e.getCause());
    }
}
