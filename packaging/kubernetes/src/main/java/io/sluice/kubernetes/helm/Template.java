package io.sluice.kubernetes.helm;

import io.sluice.kubernetes.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Template of Helm, written from resources in which the text of some fields is an expression: {@code {{ … }}} for a scalar,
 * <code>{{- … }}</code> for a block, which is indented to its place. With <code>{{- if … }}</code> or <code>{{- with … }}</code> before either, the
 * field is rendered only under this condition.
 */
final class Template {

    /** Name of a field whose block has further fields of the object that it is in. */
    static final String MERGED = "<<";

    private static final Pattern FIELD =
            Pattern.compile("(?<indent> *)(?<field>(- )?(\\S+: )?)\"(?<text>.*\\{\\{.*)\"");
    private static final Pattern OPTIONAL = Pattern.compile("(?<start>\\{\\{- (if|with) .+? }})(?<text>.+)");
    private static final Pattern BLOCK = Pattern.compile("\\{\\{- (?<expression>.+) }}");

    private final StringBuilder text = new StringBuilder();

    /** Adds resources that are rendered only under this condition. */
    Template addIf(String condition, Resources resources) {
        text.append("{{- if ").append(condition).append(" }}\n");
        add(resources);
        text.append("{{- end }}\n");
        return this;
    }

    Template add(Resources resources) {
        text.append(format(resources.text()));
        return this;
    }

    /** Adds a named part that other templates include. */
    Template define(String name, Resources part) {
        text.append("{{- define \"").append(name).append("\" -}}\n");
        text.append(format(part.text()).replaceFirst("^---\n", ""));
        text.append("{{- end }}\n");
        return this;
    }

    void write(Path file) throws IOException {
        Files.writeString(file, text);
    }

    private static String format(String yaml) {
        return yaml.lines().map(Template::line).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(String line) {
        Matcher field = FIELD.matcher(line);
        if (!field.matches()) {
            return line;
        }
        String unquoted = field.group("text").replaceAll("\\\\(.)", "$1");
        return field(field.group("indent"), field.group("field"), unquoted);
    }

    private static String field(String indent, String field, String text) {
        Matcher optional = OPTIONAL.matcher(text);
        if (optional.matches()) {
            String there = field(indent, field, optional.group("text"));
            return indent + optional.group("start") + "\n" + there + "\n" + indent + "{{- end }}";
        }
        Matcher block = BLOCK.matcher(text);
        if (block.matches()) {
            return block(indent, field, block.group("expression"));
        }
        return indent + field + text;
    }

    private static String block(String indent, String field, String expression) {
        boolean inPlace = field.equals("- ") || field.equals(MERGED + ": ");
        String start = inPlace ? "" : indent + field.stripTrailing() + "\n";
        String inner = inPlace ? indent : indent + "  ";
        return "%s%s{{- %s | nindent %d }}".formatted(start, inner, expression, inner.length());
    }
}
