package io.sluice.api.openapi;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.serialization.YamlMapperFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The OpenAPI document as it is committed. */
public final class Document {

    private static final ObjectMapper YAML = YamlMapperFactory.getInstance();
    private static final String NAME = "https://sluice.invalid/openapi";

    /** The same for all tests. */
    public static final Document COMMITTED = read(Path.of("target/classes/META-INF/openapi.yaml"));

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete", "query");

    private final JsonNode root;
    private final SchemaRegistry schemas;

    private Document(JsonNode root) {
        this.root = root;
        this.schemas = SchemaRegistry.withDialect(
                Dialect.builder(Dialects.getOpenApi31())
                        // The document around the schemas, which is read as one to have their references found.
                        .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
                        .build(),
                registry -> registry.schemas(Map.of(NAME, closed(root).toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    private static Document read(Path file) {
        try {
            return new Document(YAML.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Members may be added to answers, so the document leaves its objects open. Here they are closed: whoever adds a member has
     * to document it. A schema with properties and without a type is a condition on some of them, and stays open.
     */
    private static JsonNode closed(JsonNode document) {
        JsonNode copy = document.deepCopy();
        close(copy.at("/components/schemas"));
        return copy;
    }

    private static void close(JsonNode schema) {
        schema.forEach(Document::close);
        if (schema.has("properties") && schema.has("type") && !schema.has("additionalProperties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
    }

    /** All of it. */
    public JsonNode root() {
        return root;
    }

    /** The place that these names lead to, one after the other. */
    public Place at(String... names) {
        Place place = new Place(root, JsonPointer.empty());
        for (String name : names) {
            place = place.to(name);
        }
        return place;
    }

    /** Every operation, in the document's order. */
    public List<Operation> operations() {
        return at("paths").places().flatMap(Document::operations).toList();
    }

    private static Stream<Operation> operations(Place path) {
        return path.places()
                .filter(place -> METHODS.contains(place.name()))
                .map(place -> new Operation(place.name(), path.name(), place));
    }

    /** The operation of this name. */
    public Operation operation(String method, String path) {
        return operations().stream()
                .filter(operation -> operation.method().equals(method))
                .filter(operation -> operation.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    /** The response that all operations with one form of errors have under a status; does not exist where one has none or another. */
    public Place inCommon(String status, boolean ofOpenAi) {
        List<Place> responses = operations().stream()
                .filter(operation -> Exchange.isOfOpenAi(operation.path()) == ofOpenAi)
                .map(operation -> operation.place().to("responses").to(status))
                .distinct()
                .toList();
        return responses.size() == 1 ? responses.get(0) : at("nothing in common");
    }

    /** The documented path that a request's path is one of. */
    public Optional<Place> pathOf(String requested) {
        String path = asTheServerReads(requested);
        return at("paths")
                .places()
                .filter(documented ->
                        path.matches(documented.name().replace(".", "\\.").replaceAll("\\{[^}]*}", "[^/]+")))
                .findFirst();
    }

    static String asTheServerReads(String path) {
        return path.replaceAll(";[^/]*", "")
                .replaceAll("/+", "/")
                .replaceFirst("(?<=.)/$", "")
                // The other path of the same, which the document has in words.
                .replaceFirst("^/api/tasks(?=/|$)", "/api/v1/tasks");
    }

    /** The errors of a value by the schema that is at the place; none if it holds. */
    public List<String> violations(Place schema, JsonNode value) {
        return schemas.getSchema(SchemaLocation.of(NAME + "#" + schema.pointer())).validate(value).stream()
                .map(Error::toString)
                .toList();
    }
}
