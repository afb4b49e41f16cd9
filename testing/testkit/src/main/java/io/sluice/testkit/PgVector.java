package io.sluice.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The extension pgvector, which PostgreSQL's binaries here do not have: in the folder that {@code PGVECTOR_HOME} names, as CI installs it. */
public final class PgVector {

    private PgVector() {}

    /** Settings by which PostgreSQL finds the extension; empty if there is none. */
    public static Optional<Map<String, String>> settings() {
        return Optional.ofNullable(System.getenv("PGVECTOR_HOME"))
                .map(Path::of)
                .filter(home -> Files.exists(home.resolve("lib/vector.so")))
                .map(home -> Map.of(
                        "dynamic_library_path", "$libdir:" + home.resolve("lib"),
                        "extension_control_path", "$system:" + home.resolve("share")));
    }
}
