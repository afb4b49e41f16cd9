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
        assertThat(Options.parse(List.of("ingest"))).isEqualTo(new Options(Subject.INGEST, 5, null, null, false));
    }

    @Test
    void optionsComeInAnyOrder() {
        assertThat(Options.parse(List.of("consumer", "--save", "--against", "/other/../checkout", "--rounds", "99")))
                .isEqualTo(new Options(Subject.CONSUMER, 99, Path.of("/checkout"), null, true));
    }

    @Test
    void imagesMayBeOfADataset() {
        assertThat(Options.parse(List.of("images", "--dataset", "/photos/../coins")))
                .isEqualTo(new Options(Subject.IMAGES, 5, null, Path.of("/coins"), false));
    }

    @Test
    void passagesMayBeOfADataset() {
        assertThat(Options.parse(List.of("retrieval", "--dataset", "/questions")))
                .isEqualTo(new Options(Subject.RETRIEVAL, 5, null, Path.of("/questions"), false));
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
                "images --dataset",
                "ingest --dataset ."
            })
    void whatIsWrongIsRefusedWithTheRemedy(String line) {
        List<String> words =
                Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toList();

        assertThatThrownBy(() -> Options.parse(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "benchmark takes one of: ingest, bulk, consumer, outbox, images, retrieval\\.|--rounds takes .*|--against (takes|is not for) .*"
                                + "|--dataset (takes|is for) .*|Unknown: .* See \\./run --help\\.");
    }
}
