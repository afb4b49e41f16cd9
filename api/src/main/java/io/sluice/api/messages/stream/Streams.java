package io.sluice.api.messages.stream;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.RequestPlaces;
import io.sluice.api.publishing.Topics;
import io.sluice.contract.Topic;
import io.sluice.runtime.logs.LogLine;
import io.sluice.runtime.logs.LogRateLimiter;
import io.sluice.runtime.threads.NamedThreads;
import io.sluice.settings.KafkaSettings;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jboss.logmanager.Logger;

/** The live streams of this replica: they are bounded in number, share one tail, and end at once when the program stops. */
@ApplicationScoped
class Streams {

    private static final Logger LOG = Logger.getLogger(Streams.class.getName());

    /** Most streams at a time. */
    static final int MAX_READERS = 1_000;

    private static final Duration BEGIN_WITHIN = Duration.ofSeconds(6);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final TopicLog log;
    private final StreamTimes times;
    private final StreamMetrics metrics;
    private final LogRateLimiter failedLines = new LogRateLimiter();
    private final RequestPlaces places = new RequestPlaces(MAX_READERS);
    private final SharedTail tail;
    private final CatchUps catchUps;
    private final Set<StreamReader> readers = ConcurrentHashMap.newKeySet();

    /** Threads that begin streams: Kafka may have to be asked, and is not to be asked by a thousand requests at once. */
    private final ExecutorService beginnings =
            Executors.newFixedThreadPool(CatchUps.MAX, NamedThreads.daemons("stream"));

    /** Threads of the tail, and of the readers that catch up. */
    private final ExecutorService reading = Executors.newCachedThreadPool(NamedThreads.daemons("stream"));

    private volatile boolean stopping;

    @Inject
    Streams(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            KafkaSettings settings,
            Topics topics,
            StreamMetrics metrics) {
        this(kafka, settings, topics, metrics, StreamTimes.DEFAULTS);
    }

    Streams(
            Map<String, Object> kafka,
            KafkaSettings settings,
            Topics topics,
            StreamMetrics metrics,
            StreamTimes times) {
        this.times = times;
        this.log = new TopicLog(kafka, settings.topicName(Topic.MESSAGES), topics, metrics);
        this.metrics = metrics;
        this.tail = new SharedTail(log, failedLines, reading);
        this.catchUps = new CatchUps(log, tail::join, times.blockTimeout(), metrics, failedLines, reading);
    }

    /**
     * Begins a stream, which lasts until it ends or its client is gone.
     *
     * @return fails with {@link ProblemCode#OVERLOADED} where there are as many as there may be, or the program stops, and with
     *     {@link ProblemCode#KAFKA_UNAVAILABLE} where Kafka does not say where the topic is
     */
    Uni<StreamReader> begin(StreamQuery query, RoutingContext context) {
        if (stopping) {
            throw ProblemException.of(
                    ProblemCode.OVERLOADED, "The server is about to stop; another one takes the stream.");
        }
        CompletableFuture<StreamReader> begun = new CompletableFuture<>();
        if (!places.take(context, () -> leave(begun))) {
            throw ProblemException.of(
                    ProblemCode.OVERLOADED, "So many streams are open that no more can; ask again later.");
        }
        beginnings.execute(() -> begin(query, begun));
        return Uni.createFrom()
                .completionStage(begun)
                .ifNoItem()
                .after(BEGIN_WITHIN)
                .failWith(TopicLog::unavailable);
    }

    private void begin(StreamQuery query, CompletableFuture<StreamReader> begun) {
        if (begun.isDone()) {
            return;
        }
        try {
            StreamReader reader = begin(query);
            if (!begun.complete(reader)) {
                // The request was answered meanwhile.
                leave(reader);
            }
        } catch (KafkaException e) {
            LogLine.of("stream-failed").with("reason", e).write(LOG, failedLines);
            begun.completeExceptionally(TopicLog.unavailable());
        } catch (RuntimeException e) {
            begun.completeExceptionally(e);
        }
    }

    /** Begins a stream; blocks while Kafka is asked. */
    StreamReader begin(StreamQuery query) {
        StreamPosition after = query.after();
        Instant since = query.since();
        if (after == null && since != null) {
            return begin(since, query);
        }
        StreamPosition position = after;
        while (position == null) {
            position = tail.end();
        }
        StreamReader reader = new StreamReader(position, query, times, metrics);
        if (!tail.join(reader, unread -> false)) {
            catchUps.takePlace(query);
            catchUps.begin(reader);
        }
        return enter(reader);
    }

    private StreamReader begin(Instant since, StreamQuery query) {
        catchUps.takePlace(query);
        StreamReader reader;
        try {
            reader = new StreamReader(log.since(log.current(), since), query, times, metrics);
        } catch (RuntimeException e) {
            catchUps.leavePlace(query.filter());
            throw e;
        }
        catchUps.begin(reader);
        return enter(reader);
    }

    private StreamReader enter(StreamReader reader) {
        readers.add(reader);
        metrics.began();
        if (stopping) {
            reader.close(Closing.SHUTDOWN);
        }
        return reader;
    }

    private void leave(CompletableFuture<StreamReader> begun) {
        // A reader that did not begin has nothing to leave.
        var unused = begun.thenAccept(this::leave);
    }

    private void leave(StreamReader reader) {
        reader.cancel();
        if (readers.remove(reader)) {
            metrics.ended();
        }
    }

    void release(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
        readers.forEach(reader -> reader.close(Closing.SHUTDOWN));
    }

    /** Lets clients of Kafka end in order: interrupted, they complain. */
    @PreDestroy
    void stop() throws InterruptedException {
        stopping = true;
        readers.forEach(StreamReader::cancel);
        tail.stop();
        beginnings.shutdown();
        reading.shutdown();
        if (!reading.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
            reading.shutdownNow();
        }
    }
}
