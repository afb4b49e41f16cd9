package io.sluice.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Kubernetes resources as they stand in a YAML file. */
record Resources(List<ObjectNode> all) {

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());

    static Resources read(Path file) throws IOException {
        try (MappingIterator<ObjectNode> documents =
                YAML.readerFor(ObjectNode.class).readValues(file.toFile())) {
            return new Resources(List.copyOf(documents.readAll()));
        }
    }

    void write(Path file) throws IOException {
        try (SequenceWriter documents = YAML.writer().writeValues(file.toFile())) {
            documents.writeAll(all);
        }
    }

    /** The one resource of this kind. */
    ObjectNode only(String kind) {
        List<ObjectNode> found =
                all.stream().filter(resource -> isA(kind, resource)).toList();
        if (found.size() != 1) {
            throw new IllegalStateException("There are %d of the kind %s".formatted(found.size(), kind));
        }
        return found.get(0);
    }

    /** These without those of a kind. */
    Resources without(String kind) {
        return new Resources(
                all.stream().filter(resource -> !isA(kind, resource)).toList());
    }

    private static boolean isA(String kind, JsonNode resource) {
        return resource.path("kind").asText().equals(kind);
    }
}
