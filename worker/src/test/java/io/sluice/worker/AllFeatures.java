package io.sluice.worker;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Path;
import java.util.Map;

/** The program with all features, a directory for storage, and a token for those that ask it. */
public final class AllFeatures implements QuarkusTestProfile {

    public static final Path FOLDER = Path.of("target", "storage-of-tests").toAbsolutePath();

    /** The token. */
    public static final String TOKEN = "a-token-of-tests-0123456789abcdef";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("FEATURES", "all", "STORAGE_URL", FOLDER.toUri().toString(), "WORKER_TOKEN", TOKEN);
    }
}
