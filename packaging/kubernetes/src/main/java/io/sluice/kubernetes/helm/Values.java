package io.sluice.kubernetes.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.kubernetes.Resources;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values of the chart, whose defaults come from the resources. */
final class Values {

    private static final Pattern PLACE = Pattern.compile("(?m)^( *)(\\w+:) \\$\\{([\\w.]+)}$");
    private static final Pattern SETTING = Pattern.compile("(\\w+)=(.*)");

    private final Map<String, JsonNode> defaults = new TreeMap<>();

    /** Makes the field's content the default of a value, and puts the value's expression in its place. */
    void extract(JsonNode owner, String field, String value) {
        JsonNode there = owner.path(field);
        add(value, there);
        String expression = there.isContainerNode() ? "{{- toYaml .Values.%s }}" : "{{ .Values.%s }}";
        ((ObjectNode) owner).put(field, expression.formatted(value));
    }

    /** Sets the default of a value. */
    void add(String value, JsonNode there) {
        JsonNode before = defaults.put(value, there.deepCopy());
        if (there.isMissingNode() || (before != null && !before.equals(there))) {
            throw new IllegalStateException("There is no default for %s, or two that differ".formatted(value));
        }
    }

    /** Returns values.yaml with the defaults in place of <code>${api.resources}</code> and the like. */
    String fill(String text, String settings) {
        Map<String, JsonNode> unused = new TreeMap<>(defaults);
        String filled = PLACE.matcher(text).replaceAll(place -> {
            String value = place.group(3);
            JsonNode there = unused.remove(value);
            if (there == null) {
                throw new IllegalStateException(
                        "values.yaml has a place for %s, which no resource has".formatted(value));
            }
            return Matcher.quoteReplacement(field(place.group(1), place.group(2), there));
        });
        if (!unused.isEmpty()) {
            throw new IllegalStateException("values.yaml has no place for " + unused.keySet());
        }
        return filled.replace("  ${settings}\n", settings(settings));
    }

    private static String field(String indent, String name, JsonNode value) {
        String yaml = Resources.text(value).stripTrailing();
        if (value.isValueNode()) {
            return indent + name + " " + yaml;
        }
        int deeper = indent.length() + (value.isArray() ? 0 : 2);
        return indent + name + "\n" + yaml.indent(deeper).stripTrailing();
    }

    /** Returns settings.env as YAML, with its comments except the first, which is about kustomize. */
    private static String settings(String env) {
        return env.lines()
                .dropWhile(line -> line.startsWith("#"))
                .map(Values::setting)
                .collect(Collectors.joining());
    }

    private static String setting(String line) {
        Matcher setting = SETTING.matcher(line);
        if (!setting.matches()) {
            return line.isEmpty() ? "\n" : "  " + line + "\n";
        }
        String value = setting.group(2);
        return "  %s: %s\n".formatted(setting.group(1), value.matches("\\d+") ? value : TextNode.valueOf(value));
    }
}
