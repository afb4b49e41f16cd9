package io.sluice.chaos;

import io.sluice.local.ClassArchive;
import io.sluice.local.FreePort;
import io.sluice.local.KafkaServer;
import io.sluice.local.ManagedProcess;
import io.sluice.local.PostgresServer;
import io.sluice.local.Program;
import io.sluice.provisioning.Plan;
import io.sluice.provisioning.Provisioning;
import io.sluice.provisioning.ProvisioningSettings;
import io.sluice.settings.Environment;
import io.sluice.settings.Setting;
import io.sluice.testkit.Suspension;
import io.sluice.testkit.TcpProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;

/**
 * The platform: a broker, a database server, two apis, two consumers and two workers, each a process, and a proxy on each way between
 * them. Its data and logs stay in its folder.
 */
final class TestEnvironment implements AutoCloseable {

    /** The consumers' group. */
    static final String GROUP = "chaos";

    private static final int END_WITHIN_SECONDS = 20;

    private static final List<Target> APIS = List.of(Target.API_1, Target.API_2);
    private static final List<Target> WORKERS = List.of(Target.WORKER_1, Target.WORKER_2);
    private static final List<Target> CONSUMERS = List.of(Target.CONSUMER_1, Target.CONSUMER_2);

    private final Path project;
    private final Path folder;
    private final Map<Target, ManagedProcess> parts = new ConcurrentHashMap<>();
    private final Map<Target, TcpProxy> links = new EnumMap<>(Target.class);

    private TestEnvironment(Path project, Path folder) {
        this.project = project;
        this.folder = folder;
        Target.links().forEach(link -> links.put(link, TcpProxy.start(0, FreePort.find())));
    }

    /**
     * Starts all but the consumers.
     *
     * @param project contains the modules with the packaged programs
     * @param folder recreated; earlier content is deleted
     */
    static TestEnvironment setUp(Path project, Path folder) throws IOException, InterruptedException {
        FileUtils.deleteDirectory(folder.toFile());
        Files.createDirectories(folder);
        TestEnvironment environment = new TestEnvironment(project, folder);
        try {
            environment.startServers();
            environment.start(APIS, "api", Map.of());
            environment.start(WORKERS, "worker", Map.of());
            for (Target api : APIS) {
                int port = URI.create(environment.part(api).address()).getPort();
                environment.link(Target.link(null, api)).target(port);
            }
            return environment;
        } catch (RuntimeException | IOException | InterruptedException e) {
            environment.close();
            throw e;
        }
    }

    private void startServers() {
        int port = FreePort.find();
        parts.put(
                Target.KAFKA,
                KafkaServer.start(
                        folder.resolve("kafka"), port, folder.resolve("kafka.log"), BrokerListeners.at(port, links)));
        int databasePort = FreePort.find();
        parts.put(
                Target.POSTGRESQL,
                PostgresServer.start(
                        folder.resolve("postgresql"),
                        databasePort,
                        folder.resolve("postgresql.log"),
                        Map.of("track_commit_timestamp", "on")));
        for (Target link : Target.links()) {
            if (Target.POSTGRESQL.equals(link.to())) {
                link(link).target(databasePort);
            }
        }
        Map<String, String> environment = Map.of(
                Setting.KAFKA_BOOTSTRAP_SERVERS.name(), kafka().bootstrapServers(),
                Setting.DATABASE_URL.name(), postgres().url());
        new Provisioning(Environment.read(environment::get, ProvisioningSettings::new), Provisioning.DEFAULT_WAIT)
                .run(new Plan(Plan.Mode.CARRY_OUT));
    }

    /** Starts both consumers, with settings of their own. */
    void startConsumers(Map<String, String> environment) throws IOException, InterruptedException {
        start(CONSUMERS, "tools/chaos/consumer", environment);
    }

    /** Stops both consumers, so that others can be started. */
    void stopConsumers() {
        CONSUMERS.forEach(consumer -> part(consumer).stop());
    }

    /**
     * Starts programs at the same time. Where there is no archive of their classes, the first is started once before, alone: each that starts
     * without one would write it, with five times the work of a start with one.
     */
    private void start(List<Target> targets, String module, Map<String, String> environment)
            throws IOException, InterruptedException {
        if (ClassArchive.of(project, module).isToBeWritten()) {
            start(targets.get(0), module, environment).stop();
        }
        ExecutorService threads = Executors.newFixedThreadPool(targets.size());
        try {
            List<Callable<Program>> starts = targets.stream()
                    .map(target -> (Callable<Program>) () -> start(target, module, environment))
                    .toList();
            for (Future<Program> start : threads.invokeAll(starts)) {
                start.get();
            }
        } catch (ExecutionException e) {
            throw new Failure("A program could not be started: " + e.getCause());
        } finally {
            threads.shutdownNow();
            // One that was interrupted still has to end what it has launched.
            threads.awaitTermination(END_WITHIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Starts a program in its own folder, which has its log, and with its own network to each server. */
    private Program start(Target target, String module, Map<String, String> environment) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.put(Setting.KAFKA_GROUP_ID.name(), GROUP);
        all.put(Setting.TOPIC_PREFIX.name(), "");
        all.put(Setting.STORAGE_URL.name(), folder.resolve("storage").toUri().toString());
        if (!WORKERS.contains(target)) {
            all.put(Setting.KAFKA_BOOTSTRAP_SERVERS.name(), linkTo(Target.KAFKA, target));
        }
        all.put(
                Setting.DATABASE_URL.name(),
                postgres().url().replace(postgres().address(), linkTo(Target.POSTGRESQL, target)));
        Path ownFolder = Files.createDirectories(folder.resolve(target.label()));
        Program program = Program.start(project, module, ownFolder, all);
        parts.put(target, program);
        return program;
    }

    private String linkTo(Target server, Target program) {
        return link(Target.link(program, server)).address();
    }

    ManagedProcess part(Target process) {
        return Objects.requireNonNull(parts.get(process));
    }

    TcpProxy link(Target link) {
        return Objects.requireNonNull(links.get(link));
    }

    /** Addresses of the apis for clients. */
    List<URI> apis() {
        return APIS.stream()
                .map(api -> URI.create("http://" + link(Target.link(null, api)).address()))
                .toList();
    }

    KafkaServer kafka() {
        return (KafkaServer) part(Target.KAFKA);
    }

    PostgresServer postgres() {
        return (PostgresServer) part(Target.POSTGRESQL);
    }

    /** The folder of data and logs. */
    Path folder() {
        return folder;
    }

    /** Kills the programs, of which nothing is wanted any more, and stops the servers. */
    @Override
    public void close() {
        links.values().forEach(TcpProxy::close);
        for (Target target : List.of(Target.values())) {
            ManagedProcess part = parts.get(target);
            if (part != null && part.isAlive()) {
                new Suspension(part.process()).end();
                if (target.isProgram()) {
                    part.kill();
                } else {
                    part.close();
                }
            }
        }
    }
}
