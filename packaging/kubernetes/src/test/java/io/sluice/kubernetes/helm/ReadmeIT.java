package io.sluice.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeIT {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.]+)` \\| (?:`(.+)`)? \\| (.*) \\|$");

    @Test
    void hasEachValueWithItsDefault() throws IOException {
        // Given
        JsonNode values = new YAMLMapper()
                .readTree(RenderedChart.FOLDER.resolve("values.yaml").toFile());

        // When
        Map<String, String> defaults = new TreeMap<>();
        Matcher row = ROW.matcher(readme());
        while (row.find()) {
            if (row.group(2) != null) {
                defaults.put(row.group(1), row.group(2));
            }
        }

        // Then
        assertThat(defaults).hasSizeGreaterThan(80);
        assertThat(defaults).allSatisfy((value, shown) -> assertThat(values.at("/" + value.replace('.', '/')))
                .hasToString(shown));
        assertThat(missing("", values, defaults)).isEmpty();
    }

    private static List<String> missing(String name, JsonNode value, Map<String, String> defaults) {
        List<String> missing = new ArrayList<>();
        if (value.isObject() && !value.isEmpty() && !defaults.containsKey(name)) {
            value.properties()
                    .forEach(field -> missing.addAll(missing(
                            name.isEmpty() ? field.getKey() : name + "." + field.getKey(),
                            field.getValue(),
                            defaults)));
        } else if (!defaults.containsKey(name)) {
            missing.add(name);
        }
        return missing;
    }

    /** Except settings, which the project's own documentation describes. */
    @Test
    void describesEachValue() throws IOException {
        // When
        List<String> undescribed = new ArrayList<>();
        Matcher row = ROW.matcher(readme());
        while (row.find()) {
            if (row.group(3).isBlank() && !row.group(1).startsWith("settings.")) {
                undescribed.add(row.group(1));
            }
        }

        // Then
        assertThat(undescribed).isEmpty();
    }

    private static String readme() throws IOException {
        return Files.readString(RenderedChart.FOLDER.resolve("README.md"));
    }
}
