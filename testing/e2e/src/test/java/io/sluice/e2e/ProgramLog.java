package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.local.ManagedProcess;
import io.sluice.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * The log of a program that logs JSON.
 *
 * @param program whose it is
 */
record ProgramLog(ManagedProcess program) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One line of Sluice's own. */
    record Line(JsonNode json) {

        Line hasLevel(String level) {
            assertThat(json.get("level").asText()).as(toString()).isEqualTo(level);
            return this;
        }

        Line hasFields(String... names) {
            for (String name : names) {
                assertThat(field(name)).as("%s of %s", name, this).isNotEmpty();
            }
            return this;
        }

        Line hasField(String name, String value) {
            assertThat(field(name)).as("%s of %s", name, this).isEqualTo(value);
            return this;
        }

        private String field(String name) {
            return json.at("/mdc/" + name).asText();
        }
    }

    /** All lines, as they are. */
    List<String> lines() throws IOException {
        return Files.readAllLines(program.log());
    }

    /** Waits for the first line of this name. */
    Line await(String name) {
        return await(name, "/message", name);
    }

    /** Waits for the first line of this name whose field has this value. */
    Line awaitWith(String field, String value, String name) {
        return await(name, "/mdc/" + field, value);
    }

    private Line await(String name, String pointer, String value) {
        return Await.await()
                .alias(name)
                .until(() -> find(name, pointer, value), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<Line> find(String name, String pointer, String value) throws IOException {
        return lines().stream()
                // The last one may be half written; and most are not worth parsing.
                .filter(line -> line.contains("\"message\":\"" + name + "\"") && line.endsWith("}"))
                .map(ProgramLog::parse)
                .filter(json -> json.at(pointer).asText().equals(value))
                .map(Line::new)
                .findFirst();
    }

    /** A line as JSON; fails if it is none. */
    static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
