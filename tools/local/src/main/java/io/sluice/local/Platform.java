package io.sluice.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * Sluice on one machine: Kafka, PostgreSQL and the programs, each in its own process. A process that ends without being
 * stopped ({@link ManagedProcess#kill()} counts as such, {@link ManagedProcess#stop()} does not) is started again,
 * after a delay of half a second up to 30 seconds.
 */
public final class Platform implements AutoCloseable {
    private final PlatformSettings settings;
    private final ProgressListener progress;
    private final RunLock lock;
    private final RunState state;
    private final String workerToken;
    private final KafkaServer kafka;
    private final PostgresServer postgres;
    private final Program api;
    private final Program consumer;
    private final Program worker;
    private final List<Program> others;
    private final InitJob initJob;
    private final Supervisors supervisors;

    /** Thread that starts what the readiness of the platform does not wait for. */
    private final Thread laterStart;

    private Platform(PlatformSettings settings, ProgressListener progress, RunLock lock) {
        this.settings = settings;
        this.progress = progress;
        this.lock = lock;
        this.state = RunState.begin(settings.home(), settings.address());
        this.workerToken = randomToken();
        Ports ports = settings.ports();
        kafka = new KafkaServer(settings.data().resolve("kafka"), ports.kafka(), log("kafka"), Map.of(), state);
        postgres = new PostgresServer(
                settings.data().resolve("postgresql"), ports.postgresql(), log("postgresql"), Map.of(), state);
        api = new Program(packaged("api"), ports.api(), ports.apiMetrics(), log("api"), state);
        consumer = new Program(packaged("consumer"), ports.consumer(), ports.consumerMetrics(), log("consumer"), state);
        worker = new Program(packaged("worker"), ports.worker(), ports.workerMetrics(), log("worker"), state);
        others = settings.others().stream()
                .map(name -> new Program(packaged(name), FreePort.find(), FreePort.find(), log(name), state))
                .toList();
        initJob = new InitJob(packaged("init-job"), log("init-job"), state);
        supervisors = new Supervisors(processes(), later(), progress);
        laterStart = new Thread(this::startLater, "later-start");
        laterStart.setDaemon(true);
    }

    /**
     * Starts a platform and waits until all its processes are ready, but for the worker and the programs of {@link #others()}, which are started
     * behind them. Stale processes of a killed run in the same folder are stopped first.
     *
     * @param settings of the platform
     * @param progress is notified
     * @return the running platform
     * @throws StartFailure if another platform uses the folder, a port is taken, or a process cannot be started;
     *     nothing is left running then
     */
    public static Platform start(PlatformSettings settings, ProgressListener progress) {
        return start(settings, progress, false);
    }

    /** Starts a platform; deletes its data first if {@code fresh}. */
    static Platform start(PlatformSettings settings, ProgressListener progress, boolean fresh) {
        RunLock lock = RunLock.take(settings.home()).orElseThrow(() -> alreadyRunning(settings));
        try {
            return begin(settings, progress, fresh, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Platform begin(PlatformSettings settings, ProgressListener progress, boolean fresh, RunLock lock) {
        new StaleProcesses(settings.home(), progress).clear();
        settings.ports().require(settings.mode());
        progress.starting(settings);
        clear(settings, fresh);
        Platform platform = new Platform(settings, progress, lock);
        try {
            platform.startProcesses();
            return platform;
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    private static void clear(PlatformSettings settings, boolean fresh) {
        try {
            List<String> logs = new ArrayList<>(settings.others());
            logs.addAll(List.of("kafka", "postgresql", "init-job", "api", "consumer", "worker"));
            for (String log : logs) {
                Files.deleteIfExists(settings.logs().resolve(log + ".log"));
            }
            if (fresh) {
                FileUtils.deleteDirectory(settings.data().toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StartFailure alreadyRunning(PlatformSettings settings) {
        String run = RunState.lastRun(settings.home())
                .map(last -> ": %s (process %d). Stop it with Ctrl-C in its terminal, or with: kill %2$d"
                        .formatted(last.name(), last.pid()))
                .orElse(".");
        return new StartFailure("Sluice already runs in " + settings.home() + run);
    }

    private static String randomToken() {
        byte[] token = new byte[32];
        new SecureRandom().nextBytes(token);
        return Base64.getEncoder().encodeToString(token);
    }

    private void startProcesses() {
        switch (settings.mode()) {
            case PLATFORM -> {
                Parallel.run(List.of(starting(postgres), starting(kafka)));
                Parallel.run(List.of(this::initialise, starting(api), starting(consumer)));
            }
            case WITHOUT_MESSAGES -> {
                starting(postgres).run();
                Parallel.run(List.of(this::initialise, starting(api)));
            }
            case DEPENDENCIES -> {
                Parallel.run(List.of(starting(postgres), starting(kafka)));
                initialise();
            }
        }
        supervisors.start();
        if (settings.mode() != RunMode.DEPENDENCIES) {
            laterStart.start();
        }
    }

    private void startLater() {
        for (Program program : later()) {
            try {
                starting(program).run();
            } catch (StartFailure | UncheckedIOException e) {
                // The supervisor tells it, and tries again; or the platform is closed.
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
        }
    }

    private List<Program> later() {
        return Stream.concat(Stream.of(worker), others.stream()).toList();
    }

    private void initialise() {
        long start = System.nanoTime();
        initJob.run();
        progress.ready("init-job", since(start), "");
    }

    private Runnable starting(ManagedProcess process) {
        return () -> {
            long start = System.nanoTime();
            process.start();
            progress.ready(process.name(), since(start), process.address());
        };
    }

    /**
     * Waits until every process is ready, as after a fault.
     *
     * @param limit timeout
     * @throws StartFailure after the timeout, or if the thread is interrupted
     */
    public void awaitReady(Duration limit) {
        supervisors.awaitReady(limit);
    }

    /** {@return the broker} */
    public KafkaServer kafka() {
        return kafka;
    }

    /** {@return the database server} */
    public PostgresServer postgres() {
        return postgres;
    }

    /** {@return the api} */
    public Program api() {
        return api;
    }

    /** {@return the consumer} */
    public Program consumer() {
        return consumer;
    }

    /** {@return the worker, which may not be ready when the platform is} */
    public Program worker() {
        return worker;
    }

    /** {@return the programs besides these, by their names, at free ports; they may not be ready when the platform is} */
    public List<Program> others() {
        return others;
    }

    /** {@return the init-job, which can be run again} */
    public InitJob initJob() {
        return initJob;
    }

    /** {@return the settings of every program} */
    public Map<String, String> programEnvironment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("APP_ENV", "development");
        if (!System.getenv().containsKey("STORAGE_URL")) {
            environment.put(
                    "STORAGE_URL", settings.data().resolve("storage").toUri().toString());
        }
        environment.putAll(settings.environment());
        environment.put("DATABASE_URL", postgres.url());
        // Must not be set beside DATABASE_URL, and may be in the inherited environment.
        environment.put("DATABASE_URL_FILE", "");
        // Plain HTTP on this machine.
        environment.put("HTTP_TLS_CERTIFICATE_FILE", "");
        environment.put("HTTP_TLS_KEY_FILE", "");
        environment.put(
                "KAFKA_BOOTSTRAP_SERVERS", settings.mode() == RunMode.WITHOUT_MESSAGES ? "" : kafka.bootstrapServers());
        environment.put("WORKER_URL", "http://127.0.0.1:" + settings.ports().worker());
        // Between the two of this run alone. Both names must not be set.
        environment.putIfAbsent("WORKER_TOKEN", workerToken);
        environment.put("WORKER_TOKEN_FILE", "");
        return environment;
    }

    /** Stops the processes in the order of an event's path: api, consumer, worker, other programs, Kafka, PostgreSQL. */
    @Override
    public void close() {
        endLaterStart();
        supervisors.close();
        for (ManagedProcess process : processes()) {
            if (process.isAlive()) {
                long start = System.nanoTime();
                process.stop();
                progress.stopped(process.name(), since(start));
            }
        }
        state.end();
        lock.close();
    }

    private void endLaterStart() {
        laterStart.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            laterStart.join();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<ManagedProcess> processes() {
        return switch (settings.mode()) {
            case PLATFORM -> aroundLater(List.of(api, consumer), List.of(kafka, postgres));
            case WITHOUT_MESSAGES -> aroundLater(List.of(api), List.of(postgres));
            case DEPENDENCIES -> List.of(kafka, postgres);
        };
    }

    private List<ManagedProcess> aroundLater(List<Program> programs, List<ManagedProcess> servers) {
        return Stream.of(programs, later(), servers)
                .<ManagedProcess>flatMap(List::stream)
                .toList();
    }

    private PackagedProgram packaged(String name) {
        return new PackagedProgram(name, settings.project(), settings.home(), programEnvironment());
    }

    private Path log(String name) {
        return settings.logs().resolve(name + ".log");
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
