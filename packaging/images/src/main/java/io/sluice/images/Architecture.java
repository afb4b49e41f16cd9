package io.sluice.images;

/** Names of processors, as the OCI has them from Go. */
final class Architecture {

    private Architecture() {}

    /** The one of the machine that builds. */
    static String here() {
        String java = System.getProperty("os.arch");
        return switch (java) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> java;
        };
    }
}
