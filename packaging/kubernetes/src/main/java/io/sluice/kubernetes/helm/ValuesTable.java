package io.sluice.kubernetes.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Table of the chart's values in Markdown: each with its default and the comment above it. */
final class ValuesTable {

    private ValuesTable() {}

    /**
     * Returns the table, which ends with a line break.
     *
     * @param values the text of {@code values.yaml}
     * @throws IOException if it is not YAML
     */
    static String of(String values) throws IOException {
        MappingNode described = (MappingNode) new Yaml(comments()).compose(new StringReader(values));
        JsonNode defaults = new YAMLMapper().readTree(values);
        return "| value | default | |\n|---|---|---|\n"
                + rows("", described, defaults).collect(Collectors.joining());
    }

    private static LoaderOptions comments() {
        LoaderOptions options = new LoaderOptions();
        options.setProcessComments(true);
        return options;
    }

    private static Stream<String> rows(String prefix, MappingNode object, JsonNode defaults) {
        return object.getValue().stream().flatMap(value -> rows(prefix, value, defaults));
    }

    private static Stream<String> rows(String prefix, NodeTuple value, JsonNode defaults) {
        String key = ((ScalarNode) value.getKeyNode()).getValue();
        String description = description(value.getKeyNode());
        if (value.getValueNode() instanceof MappingNode inner && isDescribed(inner)) {
            Stream<String> own = description.isEmpty() ? Stream.of() : Stream.of(row(prefix + key, "", description));
            return Stream.concat(own, rows(prefix + key + ".", inner, defaults.path(key)));
        }
        return Stream.of(row(prefix + key, "`%s`".formatted(defaults.path(key)), description));
    }

    /** Returns true if comments describe the fields of an object, and not the object as a whole. */
    private static boolean isDescribed(MappingNode object) {
        return object.getValue().stream()
                .anyMatch(field -> !description(field.getKeyNode()).isEmpty()
                        || (field.getValueNode() instanceof MappingNode inner && isDescribed(inner)));
    }

    private static String row(String name, String value, String description) {
        return "| `%s` | %s | %s |\n".formatted(name, value, description.replace("|", "\\|"));
    }

    /** Returns the comment above a key, from behind its last blank line: what is before that is about more than this value. */
    private static String description(Node key) {
        List<CommentLine> lines = key.getBlockComments();
        if (lines == null) {
            return "";
        }
        int blank = -1;
        for (int line = 0; line < lines.size(); line++) {
            if (lines.get(line).getCommentType() == CommentType.BLANK_LINE) {
                blank = line;
            }
        }
        return lines.stream()
                .skip(blank + 1)
                .map(line -> line.getValue().strip())
                .collect(Collectors.joining(" "));
    }
}
