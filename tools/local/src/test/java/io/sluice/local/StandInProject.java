package io.sluice.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A project folder whose packaged programs are the stand-ins. */
record StandInProject(Path folder) {
    static StandInProject in(Path folder) throws IOException {
        StandInProject project = new StandInProject(folder);
        project.add("init-job", StandInJob.class);
        project.add("api", StandInServer.class);
        project.add("consumer", StandInServer.class);
        project.add("worker", StandInServer.class);
        return project;
    }

    /** Adds a program that is known by its resource for Kubernetes alone, as a Deployment or a Job. */
    void addOther(String program, String kind) throws IOException {
        add(program, StandInServer.class);
        Path resources = folder.resolve(program).resolve("src/main/kubernetes");
        Files.writeString(
                Files.createDirectories(resources).resolve("kubernetes.yml"),
                "apiVersion: any\nkind: %s\nmetadata:\n  name: %s\n".formatted(kind, program));
    }

    Path home() {
        return folder.resolve(".sluice");
    }

    private void add(String program, Class<?> mainClass) throws IOException {
        String file = mainClass.getName().replace('.', '/') + ".class";
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, mainClass.getName());
        Path jar = folder.resolve(program).resolve("target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream classFile =
                        requireNonNull(mainClass.getClassLoader()).getResourceAsStream(file)) {
            out.putNextEntry(new JarEntry(file));
            requireNonNull(classFile).transferTo(out);
        }
    }
}
