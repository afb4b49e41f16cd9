package io.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.chaos.Violation.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class TimelineTest {

    private static final Incident KILL =
            new Incident(new Fault(FaultType.KILL, Target.CONSUMER_1, Duration.ofSeconds(2)), 1, 6.5, 9.25);
    private static final Incident CUT =
            new Incident(new Fault(FaultType.CUT, Target.API_1_TO_KAFKA, Duration.ofSeconds(1)), 10, 11, null);

    @TempDir
    Path folder;

    @Test
    void isWrittenAsAPictureAndAsJson() throws Exception {
        // When
        Path picture = new ReportWriter(folder).write(report(List.of(KILL), List.of()));

        // Then
        assertThat(picture).hasFileName("chaos-7.svg");
        Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(picture.toFile());
        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(2);
        assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(3);
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("Seed 7: 1 faults, 35 events, 5 changes of tasks and 2 images acknowledged, 44 stored")
                .contains("The promise holds; longest recovery 2.8 s.")
                .contains("kill -9, 2.8 s");
        JsonNode fault = json().path("faults").path(0);
        assertThat(fault.path("kind").asText()).isEqualTo("kill -9");
        assertThat(fault.path("target").asText()).isEqualTo("consumer-1");
        assertThat(fault.path("back").asDouble()).isEqualTo(6.5);
        assertThat(json().path("bySecond").path("acknowledged").path("1").asInt())
                .isEqualTo(20);
    }

    @Test
    void saysThatThePromiseIsBroken() throws IOException {
        // When
        Report report = report(
                List.of(KILL, CUT),
                List.of(new Violation(Rule.NOTHING_IS_LOST, "one"), new Violation(Rule.NOTHING_IS_LOST, "two")));
        Path picture = new ReportWriter(folder).write(report);

        // Then
        assertThat(Files.readString(picture)).contains("The promise is broken: [NOTHING_IS_LOST].");
        assertThat(json().path("promiseHolds").asBoolean()).isFalse();
        assertThat(json().path("violations")).hasSize(2);
        assertThat(Summary.of(report))
                .contains("2: 1 kill -9, 1 cut")
                .contains("IS BROKEN")
                .contains("nothing is lost")
                .contains("broken 2 times");
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("chaos-7.json").toFile());
    }

    private static Report report(List<Incident> incidents, List<Violation> violations) {
        return new Report(
                7,
                Duration.ofSeconds(20),
                20,
                32,
                incidents,
                35,
                5,
                2,
                44,
                Map.of("status 503", 3),
                new Report.Seconds(Map.of(1, 20, 2, 20), Map.of(1, 3), Map.of(2, 40)),
                violations);
    }
}
