package io.sluice.api.http.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.List;

/**
 * JSON pointers to what Jackson and Bean Validation complain about.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901, JSON Pointer</a>
 */
final class JsonPointers {

    private JsonPointers() {}

    static String of(List<JsonMappingException.Reference> path) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference reference : path) {
            append(
                    reference.getFieldName() == null
                            ? Integer.toString(reference.getIndex())
                            : reference.getFieldName(),
                    pointer);
        }
        return pointer.toString();
    }

    static String of(Path path) {
        StringBuilder pointer = new StringBuilder();
        for (Path.Node node : path) {
            if (node.getIndex() != null) {
                append(node.getIndex().toString(), pointer);
            } else if (node.getKey() != null) {
                append(node.getKey().toString(), pointer);
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                append(node.getName(), pointer);
            }
        }
        return pointer.toString();
    }

    /** The place at which the parser has stopped. */
    static String of(JsonProcessingException e) {
        return e.getProcessor() instanceof JsonParser parser
                ? parser.getParsingContext().pathAsPointer().toString()
                : "";
    }

    private static void append(String token, StringBuilder pointer) {
        pointer.append('/').append(token.replace("~", "~0").replace("/", "~1"));
    }
}
