package io.sluice.e2e;

import static io.sluice.testkit.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.e2e.Exposition.Series;
import io.sluice.e2e.MetricsGuide.Metric;
import io.sluice.local.Program;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The metrics of the packaged programs, and the guide to them. */
class MetricsIT {

    private final Client client = Sluice.client();
    private final MetricsGuide guide = new MetricsGuide();

    @ParameterizedTest
    @ValueSource(strings = {"api", "consumer", "worker"})
    void theGuideHasEveryMetricWithItsTypeAndItsLabelsAndNoOther(String program) {
        // Given
        awaitLag();

        // When
        Exposition shown = Exposition.of(program(program).metrics());

        // Then
        Map<String, String> types = new TreeMap<>();
        Map<String, Set<String>> labels = new TreeMap<>();
        for (Metric metric : guide.metrics(program)) {
            types.put(metric.name(), metric.type());
            metric.series().stream()
                    .filter(name -> name.endsWith("_max"))
                    .forEach(name -> types.putIfAbsent(name, "gauge"));
            metric.series().forEach(name -> labels.put(name, metric.labels().keySet()));
        }
        assertThat(ours(shown.types())).containsExactlyInAnyOrderEntriesOf(types);
        assertThat(labels(shown)).containsExactlyInAnyOrderEntriesOf(labels);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "consumer", "worker"})
    void everySeriesThatCanBeKnownIsThereAtTheFirstScrape(String program) {
        Exposition first = Sluice.metricsAtTheStart(program(program));

        for (Metric metric : guide.metrics(program)) {
            metric.labels().forEach((label, values) -> {
                if (!values.isEmpty()) {
                    metric.series().forEach(name -> assertThat(first.series())
                            .as(name)
                            .filteredOn(series -> series.name().equals(name))
                            .extracting(series -> series.labels().get(label))
                            .containsAll(values)
                            .isSubsetOf(values));
                }
            });
            if (!metric.labels().containsKey("partition")) {
                assertThat(first.types()).containsKey(metric.name());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "consumer", "worker"})
    void metricsAreAtAPortOfTheirOwnAndNothingElseIs(String name) {
        Program program = program(name);
        Client management = new Client(program.metrics());

        assertThat(management.get("/metrics").status()).isEqualTo(200);
        assertThat(new Client(program.url()).get("/metrics").status()).isEqualTo(404);
        for (String path : List.of("/", "/q", "/health", "/health/live", "/openapi", "/docs/", "/api/v1/messages")) {
            assertThat(management.get(path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void theMetricsOfOthersThatTheGuideRecommendsAreThere() {
        Set<String> shown = new HashSet<>();
        programs().forEach(program -> {
            Exposition exposition = Exposition.of(program.metrics());
            shown.addAll(exposition.types().keySet());
            exposition.series().forEach(series -> shown.add(series.name()));
        });

        assertThat(shown).containsAll(guide.frameworkMetrics());
    }

    @Test
    void theQueriesOfTheGuideNameMetricsThatAreThere() {
        Set<String> known = Stream.of("api", "consumer", "worker")
                .flatMap(program -> guide.metrics(program).stream())
                .flatMap(metric -> metric.series().stream())
                .collect(Collectors.toSet());

        assertThat(known).containsAll(guide.queried());
        assertThat(guide.queried()).hasSizeGreaterThan(10);
    }

    @Test
    void whatHappensIsCounted() {
        // Given
        Exposition apiBefore = api();
        Exposition consumerBefore = consumer();

        // When
        String id = client.post("{\"payload\":1}").id();
        client.post("{\"id\":\"%s\",\"payload\":2}".formatted(UUID.randomUUID()));
        client.post("{\"payload\":");
        client.read(id);

        // Then
        Map<String, Double> api = increase(apiBefore, api());
        assertThat(api).containsEntry("sluice_api_events_posted_total", 3.0);
        assertThat(api).containsEntry("sluice_api_events_acknowledged_total", 2.0);
        assertThat(api).containsEntry("sluice_api_acknowledgement_seconds_count", 2.0);
        assertThat(api().sum("sluice_api_events_in_flight")).isZero();
        assertThat(api().sum("sluice_api_problems_total", "code", "invalid-request"))
                .isEqualTo(apiBefore.sum("sluice_api_problems_total", "code", "invalid-request") + 1);
        assertThat(api).containsEntry("sluice_api_conflict_checks_total", 1.0);
        await().untilAsserted(() -> {
            Map<String, Double> consumer = increase(consumerBefore, consumer());
            assertThat(consumer).containsEntry("sluice_consumer_records_total", 2.0);
            assertThat(consumer).containsEntry("sluice_consumer_events_stored_total", 2.0);
            assertThat(consumer).containsEntry("sluice_consumer_end_to_end_seconds_count", 2.0);
        });
    }

    @Test
    void noClientMakesALabelOfItsOwn() {
        // When
        for (String path : List.of("/nope", "/nope/", "/api/v1/messages/nope", "/health/nope", "/docs/nope")) {
            client.get(path);
            client.send("DELETE", path);
            client.send("NOPE", path);
            client.send("OPTIONS", path, "Origin", "https://evil.example.com");
        }

        // Then
        assertThat(api().series())
                .filteredOn(series -> series.name().startsWith("http_server_requests"))
                .isNotEmpty()
                .allSatisfy(series -> assertThat(series.labels().values()).noneMatch(value -> value.contains("nope")))
                .allSatisfy(series -> assertThat(series.labels()).doesNotContainEntry("method", "NOPE"));
    }

    /** Known when the broker has answered for the first time since all partitions were assigned to this one replica. */
    private static void awaitLag() {
        await().untilAsserted(() -> assertThat(consumer().series())
                .filteredOn(series -> series.name().equals("sluice_consumer_lag_records"))
                .hasSize(12));
    }

    private static Map<String, String> ours(Map<String, String> types) {
        return types.entrySet().stream()
                .filter(type -> type.getKey().startsWith("sluice_"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, Set<String>> labels(Exposition shown) {
        Map<String, Set<String>> labels = new HashMap<>();
        for (Series series : shown.series()) {
            if (series.name().startsWith("sluice_")) {
                Set<String> names = new HashSet<>(series.labels().keySet());
                names.remove("le");
                labels.put(series.name(), names);
            }
        }
        return labels;
    }

    private static Map<String, Double> increase(Exposition before, Exposition after) {
        Map<String, Double> increase = new LinkedHashMap<>();
        after.series()
                .forEach(series -> increase.put(series.name(), after.sum(series.name()) - before.sum(series.name())));
        return increase;
    }

    private static Exposition api() {
        return Exposition.of(Sluice.platform().api().metrics());
    }

    private static Exposition consumer() {
        return Exposition.of(Sluice.platform().consumer().metrics());
    }

    private static List<Program> programs() {
        return List.of(
                Sluice.platform().api(),
                Sluice.platform().consumer(),
                Sluice.platform().worker());
    }

    private static Program program(String name) {
        return programs().stream()
                .filter(program -> program.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
