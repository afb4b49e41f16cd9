package io.sluice.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rendered resources as files without what differs from commit to commit or from build to build. */
final class NormalizedManifests {

    /** Names that end in a hash: kustomize's hashes have an alphabet of their own; those of the chart are hexadecimal. */
    private static final Pattern HASHED = Pattern.compile("(.+)-([bcdfghkmt2456789]{10}|[0-9a-f]{10})");

    private static final Pattern API_IMAGE = Pattern.compile("(?<prefix>.+)/api:(?<tag>[^/]+)");
    private static final Set<String> OF_A_COMMIT =
            Set.of("app.quarkus.io/commit-id", "app.quarkus.io/build-timestamp", "app.quarkus.io/vcs-uri");

    private final Resources resources;
    private final String imagePrefix;
    private final String imageTag;

    private NormalizedManifests(Resources resources) {
        this.resources = resources;
        Matcher image = resources.all().stream()
                .flatMap(resource -> resource.findValuesAsText("image").stream())
                .map(API_IMAGE::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .orElseThrow();
        imagePrefix = image.group("prefix") + "/";
        imageTag = ":" + image.group("tag");
    }

    /** Returns each resource's YAML by the name of its file, as in {@code deployment-api.yml}. */
    static SortedMap<String, String> of(Resources resources) {
        return new NormalizedManifests(resources).files();
    }

    private SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        for (ObjectNode resource : resources.all()) {
            JsonNode normalized = normalize("", resource);
            String name = normalized.at("/metadata/name").asText().replace("-${hash}", "");
            String file = "%s-%s.yml".formatted(normalized.path("kind").asText().toLowerCase(Locale.ROOT), name);
            if (files.put(file, Resources.text(normalized)) != null) {
                throw new IllegalStateException("Two resources would be in " + file);
            }
        }
        return files;
    }

    private JsonNode normalize(String field, JsonNode node) {
        if (node instanceof ObjectNode object) {
            return normalize(object);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode normalized = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> normalized.add(normalize("", element)));
            return normalized;
        }
        return node instanceof TextNode text ? TextNode.valueOf(normalize(field, text.textValue())) : node;
    }

    private ObjectNode normalize(ObjectNode object) {
        ObjectNode normalized = JsonNodeFactory.instance.objectNode();
        object.properties().stream()
                .filter(field -> !OF_A_COMMIT.contains(field.getKey()))
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .forEach(field -> normalized.set(field.getKey(), normalize(field.getKey(), field.getValue())));
        return normalized;
    }

    private String normalize(String field, String text) {
        return switch (field) {
            case "image" -> image(text);
            case "app.kubernetes.io/version" -> "${image.tag}";
            case "helm.sh/chart" -> text.replaceFirst("-.*", "-\\${project.version}");
            case "checksum/settings", "checksum/secret" -> "${hash}";
            case "name" -> HASHED.matcher(text).replaceFirst("$1-\\${hash}");
            default -> text;
        };
    }

    private String image(String image) {
        return image.startsWith(imagePrefix) && image.endsWith(imageTag)
                ? "${image.prefix}/%s:${image.tag}"
                        .formatted(image.substring(imagePrefix.length(), image.length() - imageTag.length()))
                : image;
    }
}
