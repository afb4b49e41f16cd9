package io.sluice.api.publishing;

import io.quarkus.runtime.StartupEvent;
import io.sluice.contract.Topic;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LoggedState;
import io.sluice.runtime.threads.NamedThreads;
import io.sluice.settings.Feature;
import io.sluice.settings.FeatureSettings;
import io.sluice.settings.KafkaSettings;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Watches the topic {@code messages}; there is a producer as long as it exists. The producer must not be the first to
 * ask for it, nor go on asking: its metadata requests allow the broker to make the topic, and a broker that does so makes it with
 * its own defaults. What a broker has made so is not used before init-job has corrected it.
 */
@ApplicationScoped
public class Topics {

    private static final Logger LOG = Logger.getLogger(Topics.class.getName());

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
    private static final Duration PRODUCER_LEARNS = Duration.ofMillis(20);

    /** Age up to which an answer of Kafka counts as its state: a broker that is busy takes more than a second for the next one. */
    private static final Duration FRESH = BETWEEN_LOOKS.plusSeconds(3);

    private final String messages;

    private final boolean used;
    private final EventProducer producer;
    private final TopicLookup lookup;
    private final ScheduledExecutorService looks = NamedThreads.scheduled("topics");
    private volatile boolean seen;
    private final LoggedState<Answer> last = new LoggedState<>(new Answer(false, "Kafka has not answered yet"));
    private volatile long lastAnswer = System.nanoTime();

    /** The topic when Kafka answered last, or {@code null} where it was not there. */
    private volatile @Nullable Current current;

    /** The reason why the last question was not answered, or {@code null} if it was. */
    private volatile @Nullable String trouble;

    Topics(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            KafkaSettings settings,
            FeatureSettings features,
            EventProducer producer) {
        this.used = features.isEnabled(Feature.MESSAGES);
        this.messages = settings.topicName(Topic.MESSAGES);
        this.producer = producer;
        this.lookup = new TopicLookup(kafka, messages);
    }

    void start(@Observes StartupEvent event) {
        if (used) {
            looks.execute(this::look);
        }
    }

    @PreDestroy
    void stop() {
        looks.shutdownNow();
        lookup.close();
    }

    /** True if Kafka is needed: not where messages are disabled. */
    public boolean used() {
        return used;
    }

    /** True once the topic has been there and events were taken. */
    public boolean seen() {
        return seen;
    }

    /** True if it was there when Kafka answered last; Kafka may have been away since. */
    public boolean there() {
        return last.current().well();
    }

    /**
     * The topic.
     *
     * @param id which is another one when it was made anew
     * @param partitions how many it has
     */
    public record Current(Uuid id, int partitions) {}

    /** The topic when Kafka answered last, or {@code null} where it was not there; looked for each second. */
    public @Nullable Current current() {
        return current;
    }

    /** The state of the topic, for people. */
    public String state() {
        return last.current().detail();
    }

    /**
     * Kafka's last answer.
     *
     * @param well whether the topic is there, and is init-job's
     * @param detail what there is to say about it, for people
     */
    public record Answer(boolean well, String detail) {}

    /** Kafka's answer, at most four seconds old. */
    public Answer answer() {
        Answer said = last.current();
        long ago = System.nanoTime() - lastAnswer;
        if (!said.well() || ago <= FRESH.toNanos()) {
            return said;
        }
        String why = trouble;
        return new Answer(
                false,
                why == null ? "Kafka has not answered for %d s".formatted(TimeUnit.NANOSECONDS.toSeconds(ago)) : why);
    }

    private void look() {
        Duration pause = BETWEEN_TRIES;
        try {
            pause = act(lookup.find());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            // Not there, not resolvable, or refusing us: all of that can pass, so it is waited for, and a topic that
            // was there stays.
            trouble = "Kafka cannot be used: " + reason(e);
            if (producer.current() == null) {
                logChange(new Answer(false, trouble));
            }
        } finally {
            if (!looks.isShutdown()) {
                Future<?> unused = looks.schedule(this::look, pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private Duration act(TopicLookup.Found found) {
        return switch (found.state()) {
            case OWN -> serve(found);
            case MADE_BY_ITSELF ->
                refuse("topic %s was made by the broker itself, with its own defaults; run init-job, which corrects it"
                        .formatted(messages));
            case MISSING -> refuse("topic " + messages + " does not exist; run init-job");
        };
    }

    private Duration serve(TopicLookup.Found found) {
        current = new Current(found.id(), found.partitions());
        boolean served = producer.serve(found.id(), found.partitions());
        answered();
        if (!served) {
            if (seen && producer.current() == null) {
                logChange(new Answer(false, "topic " + messages + " was made anew, and events are taken in a moment"));
            }
            return PRODUCER_LEARNS;
        }
        seen = true;
        logChange(new Answer(true, "topic %s with %d partitions".formatted(messages, found.partitions())));
        return BETWEEN_LOOKS;
    }

    private Duration refuse(String reason) {
        current = null;
        producer.stop();
        answered();
        logChange(new Answer(false, reason));
        return BETWEEN_TRIES;
    }

    private void answered() {
        lastAnswer = System.nanoTime();
        trouble = null;
    }

    private void logChange(Answer now) {
        if (last.changesTo(now)) {
            LogLine.of("topics-state").with("state", now.detail()).write(LOG, Level.INFO);
        }
    }

    private static String reason(Throwable e) {
        return e.getCause() == null ? e.toString() : reason(e.getCause());
    }
}
