package io.sluice.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Kubernetes resources of a YAML file.
 *
 * @param all the resources, which may be changed in place
 */
public record Resources(List<ObjectNode> all) {

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .stringQuotingChecker(new QuotedLikeNumbers())
            .build());

    /**
     * Reads the resources of a file.
     *
     * @throws IOException if the file is not there, or is not YAML
     */
    public static Resources read(Path file) throws IOException {
        try (MappingIterator<ObjectNode> documents =
                YAML.readerFor(ObjectNode.class).readValues(file.toFile())) {
            return new Resources(List.copyOf(documents.readAll()));
        }
    }

    void write(Path file) throws IOException {
        Files.writeString(file, text());
    }

    /** Returns the resources as YAML, each after a line of three dashes. */
    public String text() {
        return all.stream().map(resource -> "---\n" + text(resource)).collect(Collectors.joining());
    }

    /** Returns a part of a resource as YAML, which ends with a line break. */
    public static String text(JsonNode part) {
        try {
            return YAML.writeValueAsString(part);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the one resource of this kind.
     *
     * @throws IllegalStateException if there is none, or more than one
     */
    public ObjectNode only(String kind) {
        return only(resource -> isA(kind, resource));
    }

    /**
     * Returns the one resource with this name.
     *
     * @throws IllegalStateException if there is none, or more than one
     */
    public Resources named(String name) {
        return new Resources(
                List.of(only(resource -> resource.at("/metadata/name").asText().equals(name))));
    }

    /** Returns the resources of all other kinds. */
    public Resources without(String kind) {
        return new Resources(
                all.stream().filter(resource -> !isA(kind, resource)).toList());
    }

    /** Returns true if there is one of this kind. */
    boolean has(String kind) {
        return all.stream().anyMatch(resource -> isA(kind, resource));
    }

    private ObjectNode only(Predicate<ObjectNode> wanted) {
        List<ObjectNode> found = all.stream().filter(wanted).toList();
        if (found.size() != 1) {
            throw new IllegalStateException("There are %d such resources, and not one".formatted(found.size()));
        }
        return found.get(0);
    }

    private static boolean isA(String kind, JsonNode resource) {
        return resource.path("kind").asText().equals(kind);
    }

    /**
     * Quotes, besides Jackson's own cases, texts that a reader in Kubernetes, kustomize or Helm takes for a number or a date; tags may look so.
     *
     * @see <a href="https://yaml.org/type/">The types of YAML 1.1</a>, and those of 1.2, of which Go's readers take some as well
     */
    private static final class QuotedLikeNumbers extends StringQuotingChecker.Default {

        private static final long serialVersionUID = 1L;

        private static final Pattern NUMBER_OR_DATE = Pattern.compile(
                """
                (?xi) [-+]? ( 0b[01_]+ | 0o[0-7_]+ | 0x[0-9a-f_]+ | \\.inf | \\.nan
                            | (?=\\.?[0-9]) [0-9_]* (\\.[0-9_]*)? (e[-+]?[0-9_]+)?
                            | [0-9][0-9_]* (:[0-9]{1,2})+ (\\.[0-9_]*)? )
                | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2} ([t ].*)?""");

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value)
                    || NUMBER_OR_DATE.matcher(value).matches();
        }
    }
}
