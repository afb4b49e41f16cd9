package io.sluice.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds the images of all programs, one after the other. */
final class ImageBuilder {
    /** A user that no base image has, so that it owns nothing. */
    private static final String USER = "1001:1001";

    private static final AbsoluteUnixPath CACHE = PackagedFiles.HOME.resolve("app.aot");

    private final ImageSettings settings;
    private final Path root;
    private final List<Program> programs;
    private final Registries registries;
    private final PrintStream out;

    /**
     * @param root the folder of the modules with the packaged programs
     * @param out receives a line for each image
     */
    ImageBuilder(ImageSettings settings, Path root, PrintStream out) throws IOException {
        this.programs = Program.all(root);
        this.settings = settings;
        this.root = root;
        this.out = out;
        this.registries = new Registries(settings);
    }

    void build() throws IOException, InterruptedException {
        Files.createDirectories(root.resolve("target/images"));
        for (Program program : programs) {
            if (!Files.isDirectory(program.packaged(root))) {
                throw new ImageBuildException("%s is missing: build it with ./mvnw package."
                        .formatted(root.relativize(program.packaged(root))));
            }
        }
        Map<Program, Path> caches = caches();
        for (Program program : programs) {
            build(program, caches.get(program));
        }
    }

    /** An AOT cache for each program, or none at all. */
    private Map<Program, Path> caches() throws IOException, InterruptedException {
        Path folder = root.resolve("packaging/images/target");
        Path archive = folder.resolve("base/base.tar");
        Files.createDirectories(archive.getParent());
        save(archive);
        try (BaseImage base = new BaseImage(archive)) {
            require(settings.architecture(), base.architecture());
            BaseJvm jvm = BaseJvm.unpack(base, folder.resolve("base"));
            return new AotTraining(jvm, programs, root, folder.resolve("training")).run();
        } catch (NoAotCacheException e) {
            out.println("The images have no AOT cache, and the programs take longer to start: " + e.getMessage() + ".");
            return Map.of();
        } finally {
            Files.delete(archive);
        }
    }

    private void save(Path archive) {
        ImageReference name = ImageReference.of(null, "base", null);
        registries.write(
                registries.base().setFormat(ImageFormat.Docker),
                Containerizer.to(TarImage.at(archive).named(name)),
                name);
    }

    /** Checks the platform, because an image for a single platform is used whatever was requested. */
    private void require(String wanted, String there) {
        if (!there.equals(wanted)) {
            throw new ImageBuildException(
                    "%s is for linux/%s, and the images are to be for linux/%s: give an image.base that is, or add -Dimage.platform=linux/%s."
                            .formatted(settings.base(), there, wanted, there));
        }
    }

    private void build(Program program, @Nullable Path cache) {
        ImageReference name = settings.nameOf(program.module());
        JibContainer image = registries.write(contents(program, cache), destination(program, name), name);
        out.println(
                settings.push()
                        ? "%s pushed as %s".formatted(name, image.getDigest())
                        : "%s written to %s".formatted(name, root.relativize(archive(program))));
    }

    private JibContainerBuilder contents(Program program, @Nullable Path cache) {
        List<FileEntriesLayer> layers =
                new ArrayList<>(new PackagedFiles(program.packaged(root), allPackaged()).layers());
        if (cache != null) {
            layers.add(FileEntriesLayer.builder()
                    .setName("AOT cache")
                    .addEntry(cache, CACHE)
                    .build());
        }
        return registries
                .base()
                // The format that every version of docker load, kind and minikube reads.
                .setFormat(settings.push() ? ImageFormat.OCI : ImageFormat.Docker)
                .setFileEntriesLayers(layers)
                .setWorkingDirectory(PackagedFiles.HOME)
                .setUser(USER)
                .setExposedPorts(program.ports())
                .setEntrypoint(entrypoint(cache))
                .setLabels(labels(program))
                .setCreationTime(settings.created());
    }

    private List<Path> allPackaged() {
        return programs.stream().map(program -> program.packaged(root)).toList();
    }

    /** Contains all options of ours, so that JAVA_TOOL_OPTIONS is left to the operator. */
    private static List<String> entrypoint(@Nullable Path cache) {
        List<String> command =
                new ArrayList<>(List.of("java", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError"));
        if (cache != null) {
            command.add("-XX:AOTCache=" + CACHE);
            command.add(BaseJvm.INITIAL_HEAP);
            command.addAll(BaseJvm.HIGH_COMPILE_THRESHOLDS);
            command.addAll(BaseJvm.UNMOVED_CACHE);
        }
        command.addAll(
                List.of("-jar", PackagedFiles.HOME.resolve("quarkus-run.jar").toString()));
        return command;
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
        return destination.setApplicationLayersCache(root.resolve("packaging/images/target/layers"));
    }

    private Path archive(Program program) {
        return root.resolve("target/images/%s.tar".formatted(program.module()));
    }
}
