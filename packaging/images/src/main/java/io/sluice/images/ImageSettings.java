package io.sluice.images;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings of the image build.
 *
 * @param prefix of the names, before {@code /api}: a name at docker.io, or a registry and a path in it
 * @param tag of the images; never {@code latest}
 * @param base the base image with the JVM; may be {@code tar://PATH}
 * @param architecture of the images by its OCI name, as in {@code arm64}
 * @param push whether images are pushed to a registry, and not written to archives
 * @param insecure whether registries without TLS are allowed
 * @param version of the project
 * @param created timestamp of the images, the same for every build
 */
record ImageSettings(
        String prefix,
        String tag,
        String base,
        String architecture,
        boolean push,
        boolean insecure,
        String version,
        Instant created) {

    private static final Pattern PLATFORM = Pattern.compile("linux/([a-z0-9]+)");

    /** Reads {@code image.*} and {@code project.*}; a wrong value fails with its remedy. */
    static ImageSettings of(Properties properties) {
        ImageSettings settings = new ImageSettings(
                required(properties, "image.prefix"),
                required(properties, "image.tag"),
                required(properties, "image.base"),
                architecture(properties.getProperty("image.platform", "")),
                flag(properties, "image.push"),
                flag(properties, "image.insecure"),
                required(properties, "project.version"),
                OffsetDateTime.parse(required(properties, "project.build.outputTimestamp"))
                        .toInstant());
        settings.check();
        return settings;
    }

    /** The name of a program's image. */
    ImageReference nameOf(String program) {
        try {
            return ImageReference.parse("%s/%s:%s".formatted(prefix, program, tag));
        } catch (InvalidImageReferenceException e) {
            throw new ImageBuildException(
                    "image.prefix and image.tag make no name of an image (%s): a prefix is as in registry.example.com/team, in lower case, and a tag at most 128 of a-z, A-Z, 0-9, '.', '_' and '-'."
                            .formatted(e.getInvalidReference()),
                    e);
        }
    }

    private void check() {
        if (tag.equals("latest")) {
            throw new ImageBuildException(
                    "image.tag is latest, a tag that says nothing and that clusters do not look up again: leave it out for the project's version, or give another one.");
        }
        nameOf("api");
    }

    private static String required(Properties properties, String name) {
        String value = properties.getProperty(name, "");
        if (value.isBlank()) {
            throw new ImageBuildException(
                    "%s is empty: leave it out for its default, or give it a value.".formatted(name));
        }
        return value;
    }

    /** The requested architecture, or this machine's. */
    private static String architecture(String platform) {
        if (platform.isBlank()) {
            return Architecture.here();
        }
        Matcher linux = PLATFORM.matcher(platform);
        if (!linux.matches()) {
            throw new ImageBuildException(
                    "image.platform must be as in linux/amd64 and linux/arm64, one of them, and is \"%s\"."
                            .formatted(platform));
        }
        return linux.group(1);
    }

    private static boolean flag(Properties properties, String name) {
        return switch (properties.getProperty(name, "").toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new ImageBuildException(
                        "%s must be true or false, and is \"%s\".".formatted(name, properties.getProperty(name, "")));
        };
    }
}
