package io.sluice.api.publishing;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kafka for the topic, in a way that does not make it. The client that asks is made anew where it has had no answer for long,
 * since nothing else tells one that is dead from a broker that is away. For one thread, except for {@link #close}.
 */
final class TopicLookup implements AutoCloseable {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    /** Timeout of a request, after which its connection counts as dead: soon enough for a second one to be tried. */
    private static final Duration REQUEST = Duration.ofSeconds(2);

    /** Timeout of a call, longer than the client takes to give up by itself if it is alive. */
    private static final Duration GIVE_UP = ANSWER_WITHIN.plusSeconds(1);

    private static final Duration CLIENT_MAY_FAIL = Duration.ofSeconds(30);

    private final Map<String, Object> kafka;
    private final String topic;
    private volatile @Nullable Admin admin;
    private long lastAnswer = System.nanoTime();

    /** The id of the topic which was last seen to be init-job's; a topic made anew has another one. */
    private @Nullable Uuid own;

    TopicLookup(Map<String, Object> kafka, String topic) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.put(AdminClientConfig.CLIENT_ID_CONFIG, "api");
        this.kafka.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
        this.kafka.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
        this.topic = topic;
    }

    /**
     * The topic as Kafka has it.
     *
     * @param id all zeros where there is none, or the broker is older than 2.8
     * @param partitions how many there are
     */
    record Found(State state, Uuid id, int partitions) {}

    enum State {
        /** The topic of init-job. */
        OWN,
        /** A topic that a broker has made by itself, with its own defaults. */
        MADE_BY_ITSELF,
        /** Nothing. */
        MISSING
    }

    /**
     * Asks.
     *
     * @throws ExecutionException if the broker refuses
     * @throws TimeoutException if it does not answer
     * @throws KafkaException if the client cannot be made, as when no address of {@code KAFKA_BOOTSTRAP_SERVERS} can be resolved
     */
    Found find() throws ExecutionException, InterruptedException, TimeoutException {
        Admin client = connected();
        try {
            TopicDescription description =
                    answer(client.describeTopics(List.of(topic)).topicNameValues(), topic);
            Uuid id = description.topicId();
            if (!id.equals(own)) {
                own = hasSettingsOfItsOwn(client) ? id : null;
            }
            answered();
            return new Found(
                    own == null ? State.MADE_BY_ITSELF : State.OWN,
                    id,
                    description.partitions().size());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
            answered();
            return new Found(State.MISSING, Uuid.ZERO_UUID, 0);
        }
    }

    /**
     * True if somebody has set anything on the topic, as init-job does. A broker that makes a topic by itself sets nothing. Who may
     * not see that is taken to have no right to make topics either.
     */
    private boolean hasSettingsOfItsOwn(Admin client)
            throws ExecutionException, InterruptedException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            return answer(client.describeConfigs(List.of(resource)).values(), resource).entries().stream()
                    .anyMatch(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return true;
            }
            throw e;
        }
    }

    private static <K, T> T answer(Map<K, KafkaFuture<T>> questions, K about)
            throws ExecutionException, InterruptedException, TimeoutException {
        return Objects.requireNonNull(questions.get(about)).get(GIVE_UP.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void answered() {
        lastAnswer = System.nanoTime();
    }

    private Admin connected() {
        Admin client = admin;
        if (client != null && System.nanoTime() - lastAnswer > CLIENT_MAY_FAIL.toNanos()) {
            close();
            client = null;
        }
        if (client == null) {
            client = Admin.create(kafka);
            admin = client;
            answered();
        }
        return client;
    }

    @Override
    public void close() {
        Admin client = admin;
        admin = null;
        if (client != null) {
            // On a thread of its own: that of a client that hangs is waited for.
            Thread closing = new Thread(() -> client.close(Duration.ZERO), "admin-close");
            closing.setDaemon(true);
            closing.start();
        }
    }
}
