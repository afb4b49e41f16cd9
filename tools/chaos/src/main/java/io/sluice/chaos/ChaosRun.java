package io.sluice.chaos;

import io.sluice.chaos.Report.Seconds;
import io.sluice.chaos.Violation.Rule;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs clients and faults, and verifies the results. */
final class ChaosRun {

    /** Maximum time from the return of a component until events flow again. */
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    /** Time after which waiting is abandoned. */
    private static final Duration GIVE_UP = Duration.ofSeconds(60);

    private static final Duration BETWEEN_FAULTS = Duration.ofMillis(500);
    private static final long BETWEEN_LOOKS_MILLIS = 200;
    private static final int EVENTS_OF_IMAGE = ImageVerifier.EVENTS.size();

    private final TestEnvironment environment;
    private final Plan plan;
    private final Consumer<String> progress;
    private final Database database;
    private final FaultInjector injector;
    private final Instant start = Instant.now();
    private final Traffic traffic = new Traffic();
    private final List<Incident> incidents = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    /**
     * Plan of a run.
     *
     * @param faults in their order; the run injects as many as it has time for
     * @param duration of the faults; start, end and verification come on top
     * @param rate events a second
     */
    record Plan(long seed, List<Fault> faults, Duration duration, int rate) {

        /** A run with the faults of a seed. */
        static Plan of(long seed, Duration duration, int rate) {
            return new Plan(seed, Schedule.of(seed, duration), duration, rate);
        }
    }

    /**
     * Prepares a run in an environment with running consumers.
     *
     * @param progress receives a line for each event of the run
     */
    ChaosRun(TestEnvironment environment, Plan plan, Consumer<String> progress) {
        this.environment = environment;
        this.plan = plan;
        this.progress = progress;
        this.database = new Database(environment.postgres().url());
        this.injector = new FaultInjector(environment);
    }

    /**
     * Runs.
     *
     * @throws Failure if there is no result
     */
    Report run() throws SQLException, InterruptedException {
        LoadGenerator clients =
                new LoadGenerator(Long.toString(start.toEpochMilli()), environment.apis(), plan.rate(), traffic);
        FlowProbe probe = new FlowProbe(clients, database);
        if (probe.await(GIVE_UP).isEmpty()) {
            throw new Failure(
                    "Events do not flow, and nothing is broken yet. See the logs in " + environment.folder() + ".");
        }
        goThroughFaults(probe);
        if (!clients.end(GIVE_UP)) {
            violate(Rule.EVENTS_FLOW_AGAIN_IN_TIME, "not all events, changes and images were acknowledged in the end");
        }
        awaitStored(clients.acknowledged()
                + clients.changes()
                + EVENTS_OF_IMAGE * clients.images().size());
        inspect(clients);
        return report(clients);
    }

    private void goThroughFaults(FlowProbe probe) throws InterruptedException {
        boolean flows = true;
        double end = seconds() + plan.duration().toMillis() / 1e3;
        for (int i = 0; flows && i < plan.faults().size() && seconds() < end; i++) {
            Thread.sleep(BETWEEN_FAULTS.toMillis());
            Incident incident = goThrough(plan.faults().get(i), probe);
            flows = incident.flows() != null;
        }
    }

    private Incident goThrough(Fault fault, FlowProbe probe) throws InterruptedException {
        double begin = seconds();
        injector.inject(fault);
        double back = seconds();
        Optional<Duration> recovery = probe.await(GIVE_UP);
        Incident incident = new Incident(
                fault,
                begin,
                back,
                recovery.map(it -> back + it.toMillis() / 1e3).orElse(null));
        incidents.add(incident);
        String outcome = String.format(Locale.ROOT, "events flowed %.1f s after its return", incident.recovery());
        progress.accept(String.format(Locale.ROOT, "%6.1f s  %s; %s", begin, fault, outcome));
        if (incident.recovery() > RECOVERY.toSeconds()) {
            violate(Rule.EVENTS_FLOW_AGAIN_IN_TIME, "%s, at %.1f s: %s".formatted(fault, begin, outcome));
        }
        return incident;
    }

    /** Waits until all events are stored, or nothing is left before the workers, in the outbox and before the consumers. */
    private void awaitStored(int events) throws SQLException, InterruptedException {
        Backlog backlog = new Backlog(environment.kafka().bootstrapServers());
        double end = seconds() + GIVE_UP.toSeconds();
        while (database.stored() < events
                && seconds() < end
                && (database.unfinishedImages() > 0 || database.outbox() > 0 || backlog.records() > 0)) {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
    }

    private void inspect(LoadGenerator clients) throws SQLException, InterruptedException {
        Verifier verifier = new Verifier(database, environment.kafka().bootstrapServers());
        violations.addAll(verifier.verifyRows(clients.sent(), clients.tasks(), clients.images()));
        new ContentVerifier(environment.apis().get(0), HttpClient.newHttpClient(), violations::add)
                .verify(clients.images());
        violations.addAll(verifier.verifyDeadLetters(start));
        traffic.unexpected().forEach(answer -> violate(Rule.ANSWERS_ARE_EXPECTED, answer));
    }

    private Report report(LoadGenerator clients) throws SQLException {
        return new Report(
                plan.seed(),
                plan.duration(),
                plan.rate(),
                clients.clients().size(),
                incidents,
                clients.acknowledged(),
                clients.changes(),
                clients.images().size(),
                database.stored(),
                traffic.retries(),
                new Seconds(traffic.acknowledgedBySecond(), traffic.retriedBySecond(), database.storedBySecond(start)),
                violations);
    }

    private void violate(Rule rule, String detail) {
        violations.add(new Violation(rule, detail));
    }

    private double seconds() {
        return traffic.now().toMillis() / 1e3;
    }
}
