package io.sluice.local;

import java.nio.file.Path;

/** The JVM of this process, for its children. */
final class Jvm {
    private Jvm() {}

    static String command() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
