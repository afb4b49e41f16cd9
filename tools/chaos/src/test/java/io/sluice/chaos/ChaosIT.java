package io.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.chaos.Violation.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A short run of the real platform, and two consumers with the mistakes that the run is there to find. */
class ChaosIT {

    /** The root of the project, from the folder that tests of this module run in. */
    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

    /** Events a second, which leave a part of two slow cores to the program that starts again: with 100 it took five times as long. */
    private static final int RATE = 40;

    /** Events a second for a consumer with a mistake: so many that some are under way whenever it is hit. */
    private static final int RATE_OF_MISTAKES = 100;

    private static TestEnvironment environment;

    @BeforeAll
    static void setUp() throws Exception {
        environment = TestEnvironment.setUp(PROJECT, Path.of("target/test-run").toAbsolutePath());
    }

    @AfterEach
    void stopConsumers() {
        environment.stopConsumers();
    }

    @AfterAll
    static void tearDown() {
        environment.close();
    }

    @Test
    void thePromiseHoldsWhileProgramsBreak() throws Exception {
        // Given
        startConsumers(Map.of());
        List<Fault> faults = List.of(
                new Fault(FaultType.KILL_SLOWED, Target.WORKER_1, Duration.ofSeconds(2)),
                new Fault(FaultType.RESTART, Target.API_1, Duration.ofSeconds(1)),
                new Fault(FaultType.KILL_CUT_OFF, Target.CONSUMER_1, Duration.ofSeconds(2)));

        // When
        Report report = run(new ChaosRun.Plan(0, faults, Duration.ofMinutes(2), RATE));

        // Then
        assertHolds(report, faults);
        assertThat(report.acknowledged()).isGreaterThan(500);
        assertThat(report.changes()).isGreaterThan(100);
        assertThat(report.images()).isGreaterThan(10);
    }

    @Test
    @Tag("matrix")
    void thePromiseHoldsWhileThingsBreak() throws Exception {
        // Given
        startConsumers(Map.of());
        List<Fault> faults = new ArrayList<>();
        // First, so that the others come while nobody knows yet that what it was at has to be taken over.
        faults.add(new Fault(FaultType.KILL_SLOWED, Target.WORKER_1, Duration.ofSeconds(2)));
        faults.addAll(Schedule.of(10, Duration.ofSeconds(35)).subList(0, 5));

        // When
        Report report = run(new ChaosRun.Plan(10, faults, Duration.ofMinutes(5), RATE));

        // Then
        assertHolds(report, faults);
        assertThat(report.acknowledged()).isGreaterThan(1_000);
        assertThat(report.changes()).isGreaterThan(200);
        assertThat(report.images()).isGreaterThan(20);
    }

    private static void assertHolds(Report report, List<Fault> faults) {
        assertThat(report.violations()).isEmpty();
        assertThat(report.stored()).isEqualTo(report.acknowledged() + report.changes() + 2 * report.images());
        assertThat(report.incidents()).extracting(Incident::fault).isEqualTo(faults);
    }

    @Test
    @Tag("matrix")
    void aConsumerThatCommitsOffsetsBeforeItStoresLosesEvents() throws Exception {
        // Given
        String channel = "-Dmp.messaging.incoming.messages.";
        startConsumers(Map.of(
                "JAVA_TOOL_OPTIONS",
                channel + "commit-strategy=ignore " + channel + "enable.auto.commit=true " + channel
                        + "auto.commit.interval.ms=100"));
        Fault kill = new Fault(FaultType.KILL_CUT_OFF, Target.CONSUMER_1, Duration.ofSeconds(2));

        // When
        Report report = run(plan(kill));

        // Then
        assertThat(report.violationsByRule()).containsKey(Rule.NOTHING_IS_LOST);
    }

    @Test
    @Tag("matrix")
    void aHandlerOutsideTheTransactionTakesEffectTwice() throws Exception {
        // Given
        startConsumers(Map.of("CHAOS_OUTSIDE_TRANSACTION", "true"));
        Fault flap = new Fault(FaultType.FLAP, Target.CONSUMER_1_TO_POSTGRESQL, Duration.ofSeconds(5));

        // When
        Report report = run(plan(flap));

        // Then
        assertThat(report.violationsByRule()).containsKey(Rule.HANDLERS_TAKE_EFFECT_ONCE);
    }

    private static ChaosRun.Plan plan(Fault fault) {
        return new ChaosRun.Plan(0, List.of(fault), Duration.ofMinutes(1), RATE_OF_MISTAKES);
    }

    private static void startConsumers(Map<String, String> settings) throws Exception {
        new Database(environment.postgres().url()).prepare();
        environment.startConsumers(settings);
    }

    private static Report run(ChaosRun.Plan plan) throws Exception {
        Report report = new ChaosRun(environment, plan, System.out::println).run();
        System.out.println(Summary.of(report));
        return report;
    }
}
