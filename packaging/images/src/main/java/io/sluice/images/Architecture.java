package io.sluice.images;

/** Processor architectures by their OCI names, which are Go's. */
final class Architecture {

    private Architecture() {}

    /** The architecture of the building machine. */
    static String here() {
        String java = System.getProperty("os.arch");
        return switch (java) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> java;
        };
    }
}
