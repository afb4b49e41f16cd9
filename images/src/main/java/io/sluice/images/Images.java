package io.sluice.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The images of all programs, one after the other. */
final class Images {
    /** A user that no base image has, so that it owns nothing. */
    private static final String USER = "1001:1001";

    private final ImageSettings settings;
    private final Path root;
    private final Registries registries;

    /**
     * @param root the folder that holds the modules with the packaged programs
     */
    Images(ImageSettings settings, Path root) {
        this.settings = settings;
        this.root = root;
        this.registries = new Registries(settings);
    }

    void make() throws IOException {
        Files.createDirectories(root.resolve("target/images"));
        for (Program program : Program.values()) {
            if (!Files.isDirectory(program.packaged(root))) {
                throw new ImageFailure("%s is missing: build it with ./mvnw package."
                        .formatted(root.relativize(program.packaged(root))));
            }
        }
        for (Program program : Program.values()) {
            make(program);
        }
    }

    private void make(Program program) {
        ImageReference name = settings.nameOf(program.module());
        JibContainer image = registries.write(contents(program), destination(program, name), name);
        System.out.println(
                settings.push()
                        ? "%s pushed as %s".formatted(name, image.getDigest())
                        : "%s written to %s".formatted(name, root.relativize(archive(program))));
    }

    private JibContainerBuilder contents(Program program) {
        List<FileEntriesLayer> layers = new PackagedFiles(program.packaged(root), Program.allPackaged(root)).layers();
        return registries
                .base()
                // What every version of docker load, kind and minikube reads.
                .setFormat(settings.push() ? ImageFormat.OCI : ImageFormat.Docker)
                .setPlatforms(Set.of(new Platform(architecture(), "linux")))
                .setFileEntriesLayers(layers)
                .setWorkingDirectory(PackagedFiles.HOME)
                .setUser(USER)
                .setExposedPorts(program.ports())
                .setEntrypoint(entrypoint())
                .setLabels(labels(program))
                .setCreationTime(settings.created());
    }

    /** All that is ours, so that JAVA_TOOL_OPTIONS stays whoever's runs the image. */
    private static List<String> entrypoint() {
        return List.of(
                "java",
                "-XX:MaxRAMPercentage=50",
                "-XX:+ExitOnOutOfMemoryError",
                "-jar",
                PackagedFiles.HOME.resolve("quarkus-run.jar").toString());
    }

    private Map<String, String> labels(Program program) {
        Map<String, String> labels = new TreeMap<>(new Revision(root).labels());
        labels.put("org.opencontainers.image.title", "sluice-" + program.module());
        labels.put("org.opencontainers.image.description", program.title());
        labels.put("org.opencontainers.image.version", settings.version());
        labels.put("org.opencontainers.image.licenses", "Apache-2.0");
        labels.put("org.opencontainers.image.created", settings.created().toString());
        labels.putAll(registries.labelsOfBase());
        return labels;
    }

    private Containerizer destination(Program program, ImageReference name) {
        Containerizer destination = settings.push()
                ? Containerizer.to(Registries.withCredentials(name))
                : Containerizer.to(TarImage.at(archive(program)).named(name));
        return destination.setApplicationLayersCache(root.resolve("images/target/layers"));
    }

    private Path archive(Program program) {
        return root.resolve("target/images/%s.tar".formatted(program.module()));
    }

    /** The one of the machine that builds, as Docker does it. */
    static String architecture() {
        String architecture = System.getProperty("os.arch");
        return architecture.equals("aarch64") ? "arm64" : "amd64";
    }
}
