package io.sluice.e2e;

import io.sluice.contract.Topic;
import io.sluice.local.Platform;
import io.sluice.local.PlatformSettings;
import io.sluice.local.Ports;
import io.sluice.local.Program;
import io.sluice.local.ProgressListener;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The platform as {@code ./run} starts it, once for all tests; it ends with the tests' process. */
final class Sluice {

    /** The origin that browsers may call from. */
    static final String ORIGIN = "https://app.example.com";

    private static final String TOPIC_PREFIX = "e2e.";

    /** Settings that are not the defaults, wherever these would hide that nobody reads them. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("TOPIC_PREFIX", TOPIC_PREFIX, "CORS_ORIGINS", ORIGIN, "LOG_FORMAT", "json");

    private static final Path HOME = Path.of(System.getProperty("sluice.home", "target/sluice"));
    private static final Ports PORTS = Ports.free();
    private static final Platform PLATFORM = start();
    private static final Map<Program, Exposition> METRICS_AT_THE_START = Map.of(
            PLATFORM.api(),
            Exposition.of(PLATFORM.api().metrics()),
            PLATFORM.consumer(),
            Exposition.of(PLATFORM.consumer().metrics()),
            PLATFORM.worker(),
            Exposition.of(PLATFORM.worker().metrics()));

    private Sluice() {}

    private static Platform start() {
        PlatformSettings asUsual = PlatformSettings.ofThisBuild(HOME, PORTS);
        Platform platform = Platform.start(
                new PlatformSettings(asUsual.project(), asUsual.home(), asUsual.mode(), PORTS, ENVIRONMENT),
                ProgressListener.SILENT);
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "sluice"));
        // Waits for the start that goes on.
        platform.worker().start();
        return platform;
    }

    /** A topic's name on this platform's broker. */
    static String topicName(Topic topic) {
        return topic.name(TOPIC_PREFIX);
    }

    /** Sends a record past the api, and says where it lies. */
    static RecordMetadata send(ProducerRecord<byte[], byte[]> record) throws ExecutionException, InterruptedException {
        Map<String, Object> settings =
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, PLATFORM.kafka().bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(record).get();
        }
    }

    static Platform platform() {
        return PLATFORM;
    }

    /** The metrics that a program showed before anybody used it. */
    static Exposition metricsAtTheStart(Program program) {
        return Objects.requireNonNull(METRICS_AT_THE_START.get(program));
    }

    /** A client of its own, with connections of its own. */
    static Client client() {
        return new Client(api());
    }

    /** The address of the api. */
    static URI api() {
        return URI.create("http://127.0.0.1:" + PORTS.api());
    }
}
