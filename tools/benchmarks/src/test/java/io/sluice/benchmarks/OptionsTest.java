package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void aSubjectIsEnough() {
        assertThat(Options.parse(List.of("ingest"))).isEqualTo(Options.of(Subject.INGEST));
    }

    @Test
    void optionsComeInAnyOrder() {
        assertThat(Options.parse(List.of("consumer", "--save", "--against", "/other/../checkout", "--rounds", "99")))
                .isEqualTo(new Options(
                        Subject.CONSUMER, 99, Path.of("/checkout"), null, 500_000, new Workload(200), true));
    }

    @Test
    void imagesMayBeOfADataset() {
        assertThat(Options.parse(List.of("images", "--dataset", "/photos/../coins")))
                .isEqualTo(new Options(Subject.IMAGES, 5, null, Path.of("/coins"), 500_000, new Workload(200), false));
    }

    @Test
    void passagesMayBeOfADataset() {
        assertThat(Options.parse(List.of("retrieval", "--dataset", "/questions")))
                .isEqualTo(new Options(
                        Subject.RETRIEVAL, 5, null, Path.of("/questions"), 500_000, new Workload(200), false));
    }

    @Test
    void theRecordsOfTheConsumerMayBeOthers() {
        assertThat(Options.parse(List.of(
                        "consumer", "--records", "2000000", "--payload", "4096", "--ids", "v5", "--keys", "1000000")))
                .isEqualTo(new Options(
                        Subject.CONSUMER,
                        5,
                        null,
                        null,
                        2_000_000,
                        new Workload(4_096, Workload.Ids.V5, 1_000_000),
                        false));
    }

    @Test
    void theBacklogMayBeAnother() {
        assertThat(Options.parse(List.of("growth"))).isEqualTo(Options.of(Subject.GROWTH));
        assertThat(Options.parse(List.of("growth", "--records", "20000")))
                .isEqualTo(new Options(Subject.GROWTH, 5, null, null, 20_000, new Workload(200), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "INGEST",
                "--save",
                "ingest consumer",
                "ingest --rounds",
                "ingest --rounds 0",
                "ingest --rounds 100",
                "ingest --rounds 3s",
                "ingest --against",
                "ingest --against --save",
                "ingest --fresh",
                "outbox --against .",
                "bulk --against .",
                "images --against .",
                "retrieval --against .",
                "consumer --records 999",
                "consumer --records 1e6",
                "consumer --payload 99",
                "consumer --ids v6",
                "consumer --keys 0",
                "growth --keys 100",
                "consumer --ids",
                "ingest --records 1000",
                "latency --rounds 2",
                "retrieval --rounds 2",
                "growth --payload 1000",
                "growth --against .",
                "images --dataset",
                "ingest --dataset ."
            })
    void whatIsWrongIsRefusedWithTheRemedy(String line) {
        List<String> words =
                Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toList();

        assertThatThrownBy(() -> Options.parse(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "benchmark takes one of: ingest, bulk, latency, consumer, growth, outbox, images, retrieval\\.|--rounds (takes|is for) .*|--against (takes|is not for) .*"
                                + "|--dataset (takes|is for) .*|--(records|payload|ids|keys) takes .*|--records is for .*|--payload, --ids and --keys are .*|Unknown: .* See \\./run --help\\.");
    }
}
