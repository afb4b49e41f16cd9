package io.sluice.local;

import java.nio.file.Path;

/** The Java that this program runs on, for its children. */
final class Jvm {
    private Jvm() {}

    static String command() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
