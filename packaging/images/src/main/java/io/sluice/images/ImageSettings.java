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
 * What the build has been told.
 *
 * @param prefix what stands before {@code /api} and the others: a name at docker.io, or a registry and a path in it
 * @param tag what stands behind them; never {@code latest}
 * @param base the image that has the JVM, as {@code tar://PATH} too
 * @param architecture the processors that they are for, by the names of OCI, as in {@code arm64}
 * @param push whether the images go to a registry, and not into archives
 * @param insecure whether registries may do without TLS
 * @param version the project's
 * @param created the time that images say they are from, the same for every build
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

    /** Reads {@code image.*} and {@code project.*}, and fails with what is wrong and its remedy. */
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

    /** Of this machine, where the build has not been told. */
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
