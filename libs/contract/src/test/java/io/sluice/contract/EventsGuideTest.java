package io.sluice.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.contract.json.JsonStrings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/guides/events.md} is true. */
class EventsGuideTest {

    private static final String GUIDE = read(Path.of("../..", "docs", "guides", "events.md"));

    @ParameterizedTest
    @MethodSource("io.sluice.contract.Golden#fileNames")
    void itShowsEachGoldenFileWhole(String file) {
        assertThat(GUIDE).contains("\n" + Golden.read(file) + "\n");
    }

    @Test
    void itsTablesListAllHeadersOfTheContractAndNoOthers() {
        List<String> headers = Stream.of(
                        Arrays.stream(EventHeader.values()).map(EventHeader::key),
                        Stream.of(ReplayHeader.ID),
                        Arrays.stream(DeadLetterHeader.values()).map(DeadLetterHeader::key))
                .flatMap(Function.identity())
                .toList();

        assertThat(firstCells("(?:ce|sluice)_\\w+|content-type|traceparent")).isEqualTo(headers);
    }

    @Test
    void itsTableOfTopicsHasTheirNamesAndSizes() {
        assertThat(firstCells("messages|dead-letters"))
                .isEqualTo(Arrays.stream(Topic.values())
                        .map(topic -> topic.name(""))
                        .toList());
        for (Topic topic : Topic.values()) {
            assertThat(GUIDE)
                    .containsPattern("\n\\| `" + topic.name("") + "` \\|.*\\| " + topic.maxMessageBytes() + " ");
        }
    }

    @Test
    void itNamesEveryConstant() {
        assertThat(GUIDE)
                .contains(Arrays.stream(DeadLetterReason.values())
                        .map(reason -> "`" + reason.code() + "`: ")
                        .toList())
                .contains(
                        "whose namespace is `" + EventId.REDRIVEN_AS_NEW + "`",
                        "The **namespace** is `" + EventId.IDEMPOTENCY_KEYS + "`",
                        "`" + EventCodec.SOURCE + "` for the api",
                        "`" + Event.DEFAULT_TYPE + "` where the client does not say",
                        "or `" + Event.ANONYMOUS + "`",
                        "`" + Event.OUTBOX + "` for events of features",
                        ReservedTypes.PREFIXES.stream()
                                .map(prefix -> "`" + prefix + "`")
                                .collect(joining(", ")),
                        "at most " + EventLimits.MAX_PAYLOAD_BYTES + " of them",
                        "a text¹ of 1–" + EventLimits.MAX_ATTRIBUTE_BYTES + " bytes",
                        "a text¹ of 1–" + EventLimits.MAX_CALLER_BYTES + " bytes",
                        "nest " + EventLimits.MAX_NESTING + " deep at most");
    }

    @Test
    void itsPythonComputesTheGoldenIdsAndFingerprints(@TempDir Path folder) throws Exception {
        assumeThat(hasPython()).as("python3 is on the PATH").isTrue();

        // Given
        List<Golden.Row> keys = Golden.table("ids-of-idempotency-keys.txt");
        List<Golden.Row> deadLetters = Golden.table("ids-of-dead-letters.txt");
        List<Golden.Row> fingerprints = Golden.table("fingerprints.txt");
        String calls =
                calls(keys, row -> "id_of_idempotency_key(%s, %s)".formatted(python(row.text(0)), python(row.text(1))))
                        + calls(deadLetters, row -> "id_of_dead_letter(uuid.UUID(%s), %s, %s)"
                                .formatted(python(row.text(0)), row.text(1), row.text(2)))
                        + calls(fingerprints, row -> "fingerprint(%s, %s, %s, %s, %s.encode())"
                                .formatted(
                                        python(row.text(0)),
                                        python(row.text(1)),
                                        python(row.text(2)),
                                        python(row.text(3)),
                                        python(row.text(4))));

        // When
        List<String> output = runPython(folder.resolve("events.py"), snippet() + "\n\n" + calls);

        // Then
        assertThat(output)
                .isEqualTo(Stream.of(
                                keys.stream().map(row -> row.text(3)),
                                deadLetters.stream().map(row -> row.text(4)),
                                fingerprints.stream().map(row -> row.text(6)))
                        .flatMap(values -> values)
                        .toList());
    }

    private static List<String> firstCells(String pattern) {
        return Pattern.compile("^\\| `(" + pattern + ")` \\|", Pattern.MULTILINE)
                .matcher(GUIDE)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static String snippet() {
        return GUIDE.substring(GUIDE.indexOf("```python\n") + "```python\n".length())
                .split("```", 2)[0];
    }

    private static String calls(List<Golden.Row> rows, Function<Golden.Row, String> call) {
        return rows.stream().map(row -> "print(" + call.apply(row) + ")\n").collect(joining());
    }

    /** A JSON string is one of Python's too. */
    private static String python(String text) {
        if (text == null) {
            return "None";
        }
        StringBuilder literal = new StringBuilder();
        JsonStrings.quote(text, literal);
        return literal.toString();
    }

    private static List<String> runPython(Path script, String program) throws IOException, InterruptedException {
        Files.writeString(script, program);
        Process python = new ProcessBuilder("python3", script.toString())
                .redirectErrorStream(true)
                .start();
        List<String> output = new String(python.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(python.waitFor()).as(String.join("\n", output)).isZero();
        return output;
    }

    private static boolean hasPython() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError("the guide is missing", e);
        }
    }
}
