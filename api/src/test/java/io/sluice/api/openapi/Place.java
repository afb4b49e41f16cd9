package io.sluice.api.openapi;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A place in a document.
 *
 * @param root the document
 * @param pointer the way from there, RFC 6901
 */
public record Place(JsonNode root, JsonPointer pointer) {

    /** The place under this name; where a reference stands, what it refers to. */
    public Place to(String name) {
        Place place = under(name);
        String reference = place.node().path("$ref").asText();
        return reference.isEmpty() ? place : new Place(root, JsonPointer.compile(reference.substring(1)));
    }

    /** The place under this name, a reference included: a schema may have other words beside it. */
    public Place under(String name) {
        return new Place(root, pointer.appendProperty(name));
    }

    /** True if the document has it. */
    public boolean exists() {
        return !node().isMissingNode();
    }

    /** The node that is there. */
    public JsonNode node() {
        return root.at(pointer);
    }

    /** The text that is there. */
    public String text() {
        return node().asText();
    }

    /** The last name of the way. */
    public String name() {
        return pointer.last().getMatchingProperty();
    }

    /** The names of what is under it; of a list, their numbers. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        if (node().isArray()) {
            IntStream.range(0, node().size()).mapToObj(Integer::toString).forEach(names::add);
        } else {
            node().fieldNames().forEachRemaining(names::add);
        }
        return names;
    }

    /** All that is under it; where references stand, what they refer to. */
    public Stream<Place> places() {
        return names().stream().map(this::to);
    }

    @Override
    public String toString() {
        return pointer.toString();
    }
}
