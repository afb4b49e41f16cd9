package io.sluice.images;

import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A program that has an image.
 *
 * @param module its name in images, manifests and folders
 * @param title the image's description
 * @param ports where it listens if it is told nothing else: HTTP, and metrics; none for a program that runs to its end
 */
record Program(String module, String title, Set<Port> ports) {

    private static final Pattern DESCRIPTION = Pattern.compile("<description>(.+?)\\.?</description>");

    /**
     * Returns all programs.
     *
     * @param root the project's root folder
     * @throws IOException if a POM or a manifest cannot be read
     */
    static List<Program> all(Path root) throws IOException {
        List<Program> programs = new ArrayList<>();
        for (io.sluice.kubernetes.Program program : io.sluice.kubernetes.Program.all(root)) {
            Set<Port> ports = program.manifest().all().stream()
                    .flatMap(resource -> resource.findValues("containerPort").stream())
                    .map(port -> Port.tcp(port.intValue()))
                    .collect(Collectors.toUnmodifiableSet());
            programs.add(new Program(program.name(), title(program), ports));
        }
        return programs;
    }

    private static String title(io.sluice.kubernetes.Program program) throws IOException {
        Matcher description =
                DESCRIPTION.matcher(Files.readString(program.folder().resolve("pom.xml")));
        return "Sluice %s%s".formatted(program.name(), description.find() ? ": " + description.group(1) : "");
    }

    /** Returns the folder that the build has packaged it in. */
    Path packaged(Path root) {
        return root.resolve(module).resolve("target/quarkus-app");
    }
}
