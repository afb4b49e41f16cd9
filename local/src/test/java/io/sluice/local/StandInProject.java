package io.sluice.local;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A project folder whose packaged programs are the stand-ins. */
record StandInProject(Path folder) {
    static StandInProject in(Path folder) throws IOException {
        StandInProject project = new StandInProject(folder);
        project.add("init-job", StandInJob.class);
        project.add("api", StandInServer.class);
        project.add("consumer", StandInServer.class);
        return project;
    }

    Path home() {
        return folder.resolve(".sluice");
    }

    private void add(String program, Class<?> mainClass) throws IOException {
        URL classes = mainClass.getProtectionDomain().getCodeSource().getLocation();
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, mainClass.getName());
        attributes.put(Attributes.Name.CLASS_PATH, classes.toString());
        Path jar = folder.resolve(program).resolve("target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(jar.getParent());
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }
}
