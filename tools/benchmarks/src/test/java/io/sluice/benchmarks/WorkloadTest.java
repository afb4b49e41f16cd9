package io.sluice.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.contract.Event;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(ints = {100, 200, 1024})
    void everyPayloadIsJsonOfTheSizeThatWasAskedFor(int size) throws Exception {
        Workload workload = new Workload(size);

        for (int n : IntStream.range(0, 2_000).toArray()) {
            assertThat(workload.payload(n).getBytes(UTF_8)).hasSize(size);
            assertThat(JSON.readTree(workload.payload(n)).get("order").intValue())
                    .isEqualTo(n);
        }
    }

    @Test
    void whatIsPostedAndWhatIsPublishedIsTheSame() throws Exception {
        Workload workload = new Workload(200);

        Event event = workload.event(7);
        JsonNode body = JSON.readTree(workload.body(7));

        assertThat(body.get("type").textValue()).isEqualTo(event.type());
        assertThat(body.get("key").textValue()).isEqualTo(event.key());
        assertThat(body.get("subject").textValue()).isEqualTo(event.subject());
        assertThat(body.get("payload")).isEqualTo(JSON.readTree(event.payload()));
    }

    @ParameterizedTest
    @EnumSource
    void idsHaveTheVersionThatWasAskedForAndDiffer(Workload.Ids ids) {
        Workload workload = new Workload(200).withIds(ids);

        assertThat(IntStream.range(0, 100).mapToObj(workload::event).map(Event::id))
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat("V" + id.version()).isEqualTo(ids.name()));
    }

    @Test
    void keysAreMany() {
        assertThat(keys(new Workload(200))).hasSizeGreaterThan(1_500);
    }

    @Test
    void keysAreAsManyAsAreAskedFor() {
        assertThat(keys(new Workload(200).withKeys(7))).hasSize(7);
    }

    private static Set<String> keys(Workload workload) {
        return IntStream.range(0, 2_000).mapToObj(workload::key).collect(Collectors.toSet());
    }
}
