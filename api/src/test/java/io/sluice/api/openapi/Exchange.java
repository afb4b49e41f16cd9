package io.sluice.api.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.serialization.YamlMapperFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A request and the answer to it.
 *
 * @param method of the request
 * @param path of the request, as it was sent, without the query
 * @param headers of the answer, by their names in lower case
 * @param body of the answer
 */
public record Exchange(String method, String path, String status, Map<String, String> headers, String body) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final ObjectMapper YAML = YamlMapperFactory.getInstance();

    /** Headers of the connection, of CORS, of browsers or of the caller; and the media type, which is documented in a way of its own. */
    private static final String NOT_DOCUMENTED =
            "connection|transfer-encoding|content-length|content-type|date|access-control-.*"
                    + "|x-content-type-options|referrer-policy|content-security-policy|cache-control|ratelimit(-policy)?";

    /** The parts of the answer that the document does not have; none if it has all. */
    public List<String> violations(Document document) {
        Place operations = document.pathOf(path).orElse(null);
        if (operations == null) {
            return violationsWithoutOperation(document, "404", named("NotFound"));
        }
        if (method.equals("OPTIONS") && status.equals("204")) {
            return violationsOfAllow(operations);
        }
        Place operation = operations.to(method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT));
        if (operation.exists() && method.equals(method.toUpperCase(Locale.ROOT))) {
            return violations(document, operation.to("responses").to(status));
        }
        List<String> violations = violationsWithoutOperation(document, "405", named("MethodNotAllowed"));
        if (status.equals("405")) {
            violations.addAll(violationsOfAllow(operations));
        }
        return violations;
    }

    /** The answer where nothing is documented, and those that all operations have in common. */
    private List<String> violationsWithoutOperation(Document document, String expectedStatus, String response) {
        Place responses = document.at("components", "responses");
        return violations(
                document,
                status.equals(expectedStatus)
                        ? responses.to(response)
                        // Where a token is asked for, this status has another reason as well.
                        : status.equals("403")
                                ? responses.to(named("OriginRefused"))
                                : document.inCommon(status, isOfOpenAi(path)));
    }

    /** The name of a response, which is another one where errors have another form. */
    private String named(String response) {
        return !isOfOpenAi(path) ? response : "OpenAi" + (response.equals("OriginRefused") ? "Forbidden" : response);
    }

    /** True of paths, and requests for them, whose errors have OpenAI's form. */
    public static boolean isOfOpenAi(String path) {
        String read = Document.asTheServerReads(path) + "/";
        return read.startsWith("/v1/") && !read.startsWith("/v1/health/");
    }

    private List<String> violations(Document document, Place response) {
        List<String> violations = new ArrayList<>();
        if (response.exists()) {
            checkHeaders(document, response.to("headers"), violations);
            checkBody(document, response.to("content"), violations);
        } else {
            violations.add("status " + status);
        }
        return violations;
    }

    private List<String> violationsOfAllow(Place operations) {
        Set<String> documented = operations.names().stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .collect(Collectors.toCollection(HashSet::new));
        documented.add("OPTIONS");
        if (documented.contains("GET")) {
            documented.add("HEAD");
        }
        List<String> violations = new ArrayList<>();
        String allow = headers.getOrDefault("allow", "");
        if (!Set.of(allow.split(", ")).equals(documented)) {
            violations.add("header Allow: " + allow);
        }
        return violations;
    }

    private void checkHeaders(Document document, Place documented, List<String> violations) {
        Set<String> undocumented = new HashSet<>(headers.keySet());
        undocumented.removeIf(name -> name.matches(NOT_DOCUMENTED));
        for (String name : documented.names()) {
            String value = headers.get(name.toLowerCase(Locale.ROOT));
            undocumented.remove(name.toLowerCase(Locale.ROOT));
            if (value != null) {
                Place schema = documented.to(name).under("schema");
                document.violations(schema, typed(value, schema))
                        .forEach(violation -> violations.add("header " + name + violation));
            } else if (documented.to(name).node().path("required").asBoolean()) {
                violations.add("no header " + name);
            }
        }
        undocumented.forEach(name -> violations.add("header " + name));
    }

    private static JsonNode typed(String value, Place schema) {
        return schema.to("type").node().asText().equals("string") ? TextNode.valueOf(value) : parsed(JSON, value);
    }

    private void checkBody(Document document, Place content, List<String> violations) {
        if (method.equals("HEAD")) {
            return;
        }
        String mediaType = headers.getOrDefault("content-type", "").replaceFirst("\\s*;.*", "");
        Place documented = content.to(mediaType);
        if (documented.exists()) {
            document.violations(documented.under("schema"), value(mediaType))
                    .forEach(violation -> violations.add("body" + violation));
        } else if (content.exists() || !body.isEmpty()) {
            violations.add("media type " + mediaType);
        }
    }

    private JsonNode value(String mediaType) {
        return mediaType.endsWith("json")
                ? parsed(JSON, body)
                : mediaType.endsWith("yaml") ? parsed(YAML, body) : TextNode.valueOf(body);
    }

    private static JsonNode parsed(ObjectMapper format, String text) {
        try {
            return format.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}
