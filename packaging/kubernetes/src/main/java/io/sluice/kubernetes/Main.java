package io.sluice.kubernetes;

import io.sluice.kubernetes.helm.Chart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Writes {@code target/kubernetes}, of {@code src/main/kubernetes} and of the resources that Quarkus has generated for each program, which go
 * into {@code base}; and {@code target/helm/sluice}, of {@code src/main/helm} and of the same resources as templates.
 */
public final class Main {

    private Main() {}

    /**
     * Writes both, in place of those of an earlier build.
     *
     * @param arguments the project's root folder, its version, the URL of its site, and the URL of its sources
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]).toRealPath();
        List<Program> programs = Program.all(root);
        // The chart's values say of a program what of it can be chosen: the Service, too, if it has one.
        String values = Files.readString(root.resolve("src/main/helm/values.yaml"));
        Predicate<Program> hasService = program -> values.contains("${%s.service.".formatted(program.valuesKey()));
        ProgramTemplate template = new ProgramTemplate(programs, hasService);

        Path kubernetes = root.resolve("target/kubernetes");
        Folder.replace(root.resolve("src/main/kubernetes"), kubernetes);
        template.fillAll(kubernetes);
        Base base = new Base(kubernetes.resolve("base"));
        for (Program program : programs) {
            base.add(program, hasService.test(program));
        }
        base.addRetention();

        Path helm = root.resolve("target/helm/sluice");
        Folder.replace(root.resolve("src/main/helm"), helm);
        template.fillAll(helm);
        new Chart(kubernetes, helm, programs)
                .write(Map.of(
                        "project.version", arguments[1], "project.url", arguments[2], "project.scm.url", arguments[3]));
    }
}
