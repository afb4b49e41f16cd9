package io.sluice.worker;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Path;
import java.util.Map;

/** The program with all features, and a directory for storage. */
public final class AllFeatures implements QuarkusTestProfile {

    public static final Path FOLDER = Path.of("target", "storage-of-tests").toAbsolutePath();

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("FEATURES", "all", "STORAGE_URL", FOLDER.toUri().toString());
    }
}
