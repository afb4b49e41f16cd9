package io.sluice.benchmarks;

import io.sluice.local.KafkaServer;
import io.sluice.local.ManagedProcess;
import io.sluice.local.PostgresServer;
import io.sluice.local.Program;
import io.sluice.provisioning.Plan;
import io.sluice.provisioning.Provisioning;
import io.sluice.provisioning.ProvisioningSettings;
import io.sluice.settings.Environment;
import io.sluice.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/**
 * Kafka and PostgreSQL as {@code ./run} starts them, with topics and schema, and programs started beside them. All
 * processes end with this one, and the data is deleted.
 */
final class TestEnvironment implements AutoCloseable {

    private final Path folder;
    private final Map<String, String> common;
    private final KafkaServer kafka;
    private final PostgresServer postgres;

    /** The last one started is stopped first. */
    private final Deque<ManagedProcess> started = new ArrayDeque<>();

    private final Thread hook = new Thread(this::tearDown, "");

    private TestEnvironment(Path folder, Map<String, String> postgresSettings, Map<String, String> common) {
        this.folder = folder;
        this.common = common;
        Runtime.getRuntime().addShutdownHook(hook);
        kafka = add(KafkaServer.start(folder.resolve("kafka"), 0, log("kafka"), Map.of()));
        postgres = add(PostgresServer.start(folder.resolve("postgresql"), 0, log("postgresql"), postgresSettings));
        provision(settings());
    }

    /**
     * Starts the servers.
     *
     * @param postgresSettings settings as in postgresql.conf, which take precedence over those of {@code ./run}
     */
    static TestEnvironment setUp(Map<String, String> postgresSettings) throws IOException {
        return setUp(postgresSettings, Map.of());
    }

    /**
     * Starts the servers.
     *
     * @param common settings of all programs, and of their topics and schema
     */
    static TestEnvironment setUp(Map<String, String> postgresSettings, Map<String, String> common) throws IOException {
        return new TestEnvironment(Files.createTempDirectory("sluice-benchmark"), postgresSettings, common);
    }

    private static void provision(ProvisioningSettings settings) {
        new Provisioning(settings, Provisioning.DEFAULT_WAIT).run(new Plan(Plan.Mode.CARRY_OUT));
    }

    /** Makes topics with a prefix, beside those without one; returns that of messages. */
    MessagesTopic topicWithPrefix(String prefix) {
        ProvisioningSettings settings = settings(Map.of(Setting.TOPIC_PREFIX.name(), prefix));
        provision(settings);
        return new MessagesTopic(settings.kafka());
    }

    KafkaServer kafka() {
        return kafka;
    }

    PostgresServer postgres() {
        return postgres;
    }

    /** The common settings of the programs. */
    ProvisioningSettings settings() {
        return settings(Map.of());
    }

    private ProvisioningSettings settings(Map<String, String> more) {
        return Environment.read(environment(more)::get, ProvisioningSettings::new);
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(common);
        all.put(Setting.KAFKA_BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers());
        all.put(Setting.DATABASE_URL.name(), postgres.url());
        all.putAll(more);
        return all;
    }

    /** Starts a packaged program and waits until it is ready. */
    Program start(Path project, String module, Map<String, String> environment) {
        return add(Program.start(project, module, folder, environment(environment)));
    }

    /** Stops a program that was started. */
    synchronized void stop(Program program) {
        program.close();
        started.remove(program);
    }

    /** The running processes in the order of their start, and this one, by name; a name that others have already is numbered. */
    synchronized Map<String, ProcessHandle> processes() {
        Map<String, ProcessHandle> processes = new LinkedHashMap<>();
        Map<String, Integer> ofName = new HashMap<>();
        started.descendingIterator().forEachRemaining(process -> {
            int number = ofName.merge(process.name(), 1, Integer::sum);
            processes.put(number == 1 ? process.name() : process.name() + " " + number, process.process());
        });
        processes.put("benchmark", ProcessHandle.current());
        return processes;
    }

    private synchronized <P extends ManagedProcess> P add(P process) {
        started.push(process);
        return process;
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
        tearDown();
    }

    private synchronized void tearDown() {
        started.forEach(ManagedProcess::close);
        try {
            FileUtils.deleteDirectory(folder.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
