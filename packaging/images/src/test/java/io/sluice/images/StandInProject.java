package io.sluice.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;

/** A project whose programs are a few small files, and a base image beside it. */
final class StandInProject {
    private final Path root;

    StandInProject(Path root) throws IOException {
        this.root = root;
        write(
                root.resolve("pom.xml"),
                "<module>libs/contract</module>\n<module>init-job</module>\n<module>api</module>\n<module>consumer</module>\n");
        describe("init-job", "Job", "[]");
        describe("api", "Deployment", "[{containerPort: 8080}, {containerPort: 9000}]");
        describe("consumer", "Deployment", "[{containerPort: 8080}, {containerPort: 9000}]");
        for (Program program : Program.all(root)) {
            Path folder = program.packaged(root);
            write(folder.resolve("quarkus-run.jar"), program.module());
            write(folder.resolve("app/sluice-%s.jar".formatted(program.module())), program.module());
            write(folder.resolve("lib/main/io.sluice.sluice-contract.jar"), "contract");
            write(folder.resolve("lib/main/shared.jar"), "shared");
            write(folder.resolve("lib/main/differs.jar"), "differs in " + program.module());
        }
        write(root.resolve("api/target/quarkus-app").resolve("lib/main/own.jar"), "the api's own");
    }

    Path root() {
        return root;
    }

    /** The build's own files of a program, as far as images follow them. */
    private void describe(String program, String kind, String ports) throws IOException {
        write(
                root.resolve(program).resolve("pom.xml"),
                "<description>Does what %s does.</description>".formatted(program));
        write(
                root.resolve(program).resolve("src/main/kubernetes/kubernetes.yml"),
                "kind: %s\nspec: {template: {spec: {containers: [{ports: %s}]}}}\n".formatted(kind, ports));
    }

    Path archive(String program) {
        return root.resolve("target/images/%s.tar".formatted(program));
    }

    /** The default settings of the build. */
    Properties settings() throws Exception {
        Properties settings = new Properties();
        settings.setProperty("image.prefix", "registry.example.com/team");
        settings.setProperty("image.tag", "1.2.3");
        settings.setProperty("image.base", "tar://" + base());
        settings.setProperty("image.push", "false");
        settings.setProperty("image.insecure", "false");
        settings.setProperty("project.version", "1.2.3-SNAPSHOT");
        settings.setProperty("project.build.outputTimestamp", "2026-01-01T00:00:00Z");
        return settings;
    }

    /** Makes the images, and returns what was said. */
    String make(Properties settings) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ImageBuilder(ImageSettings.of(settings), root, new PrintStream(out, true, UTF_8)).build();
        return out.toString(UTF_8);
    }

    static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** Without a JVM. */
    private Path base() throws Exception {
        return baseFor(Architecture.here());
    }

    /** Without a JVM, for these processors. */
    Path baseFor(String architecture) throws Exception {
        return save(empty(architecture));
    }

    /** One whose java is this script. */
    Path baseWithJava(String script) throws Exception {
        Path java = root.resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + script);
        return save(empty(Architecture.here())
                .addEnvironmentVariable("JAVA_HOME", "/opt/java")
                .addFileEntriesLayer(FileEntriesLayer.builder()
                        .addEntry(
                                java,
                                AbsoluteUnixPath.get("/opt/java/bin/java"),
                                FilePermissions.fromOctalString("755"))
                        .build()));
    }

    private static JibContainerBuilder empty(String architecture) {
        return Jib.fromScratch()
                .setPlatforms(Set.of(new Platform(architecture, "linux")))
                .addEnvironmentVariable("PATH", "/usr/bin");
    }

    private Path save(JibContainerBuilder image) throws Exception {
        Path base = root.resolve("base.tar");
        image.containerize(Containerizer.to(TarImage.at(base).named("base")));
        return base;
    }
}
