package io.sluice.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes reports to a folder. */
record ReportWriter(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    static ReportWriter in(Path folder) {
        return new ReportWriter(folder);
    }

    /**
     * Writes a report as a picture and as JSON.
     *
     * @return the picture; the JSON file has the same name with .json
     */
    Path write(Report report) throws IOException {
        Files.createDirectories(folder);
        Path picture = folder.resolve("chaos-" + report.seed() + ".svg");
        Files.writeString(picture, new Timeline(report).svg());
        Files.writeString(
                folder.resolve("chaos-" + report.seed() + ".json"), JSON.writeValueAsString(json(report)) + "\n");
        return picture;
    }

    private static Map<String, Object> json(Report report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("seed", report.seed());
        json.put("seconds", report.duration().toSeconds());
        json.put("rate", report.rate());
        json.put("keys", report.keys());
        json.put("acknowledged", report.acknowledged());
        json.put("changes", report.changes());
        json.put("images", report.images());
        json.put("stored", report.stored());
        json.put("retries", report.retries());
        json.put("promiseHolds", report.promiseHolds());
        json.put("violations", report.violations());
        json.put("faults", report.incidents().stream().map(ReportWriter::json).toList());
        json.put("bySecond", report.seconds());
        return json;
    }

    private static Map<String, Object> json(Incident incident) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", incident.fault().type().label());
        json.put("target", incident.fault().target().label());
        json.put("begin", incident.begin());
        json.put("back", incident.back());
        json.put("flows", incident.flows());
        return json;
    }
}
