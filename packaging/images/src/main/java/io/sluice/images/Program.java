package io.sluice.images;

import com.google.cloud.tools.jib.api.buildplan.Port;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** A program with an image. */
enum Program {
    INIT_JOB("init-job", "Sluice init-job: makes topics and schema, and deletes what is too old", Set.of()),
    API("api", "Sluice api: HTTP in, Kafka out", Set.of(Port.tcp(8080), Port.tcp(9000))),
    CONSUMER("consumer", "Sluice consumer: Kafka in, PostgreSQL out", Set.of(Port.tcp(8080), Port.tcp(9000)));

    private final String module;
    private final String title;
    private final Set<Port> ports;

    Program(String module, String title, Set<Port> ports) {
        this.module = module;
        this.title = title;
        this.ports = ports;
    }

    /** The name in images, manifests and folders. */
    String module() {
        return module;
    }

    String title() {
        return title;
    }

    /** The default ports: HTTP, and metrics. */
    Set<Port> ports() {
        return ports;
    }

    /** The packaged program. */
    Path packaged(Path root) {
        return root.resolve(module).resolve("target/quarkus-app");
    }

    /** The packaged programs. */
    static Set<Path> allPackaged(Path root) {
        return Set.copyOf(
                Arrays.stream(values()).map(program -> program.packaged(root)).toList());
    }
}
