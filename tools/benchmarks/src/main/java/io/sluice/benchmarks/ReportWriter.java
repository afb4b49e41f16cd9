package io.sluice.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes reports to a folder.
 *
 * @param folder created if it is missing
 * @param dated whether a report's name begins with its date, so that it does not replace one of another day
 */
record ReportWriter(Path folder, boolean dated) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** A folder whose results the next run replaces, or the committed one. */
    static ReportWriter of(Path project, boolean save) {
        Path benchmarks = project.resolve("tools/benchmarks");
        return save
                ? new ReportWriter(benchmarks.resolve("results"), true)
                : new ReportWriter(benchmarks.resolve("target/results"), false);
    }

    /**
     * Writes a report twice, for people and for programs.
     *
     * @return the one for people; the other has the same name with .json
     */
    Path write(Report report) throws IOException {
        Files.createDirectories(folder);
        String name =
                dated ? report.date().substring(0, "2026-11-21".length()) + "-" + report.subject() : report.subject();
        Path markdown = folder.resolve(name + ".md");
        Files.writeString(markdown, Markdown.of(report));
        Files.writeString(folder.resolve(name + ".json"), JSON.writeValueAsString(report) + "\n");
        return markdown;
    }
}
