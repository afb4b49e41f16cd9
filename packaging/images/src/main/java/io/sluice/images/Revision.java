package io.sluice.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The source revision of an image, if git knows it. */
final class Revision {
    /** Matches addresses without local folders, user names and passwords. */
    private static final Pattern PUBLIC_ADDRESS = Pattern.compile("https://[^@/]+/\\S+");

    private final Path root;

    Revision(Path root) {
        this.root = root;
    }

    Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        String commit = git("rev-parse", "HEAD");
        if (!commit.isEmpty()) {
            labels.put("org.opencontainers.image.revision", commit);
        }
        String address = git("config", "--get", "remote.origin.url");
        if (PUBLIC_ADDRESS.matcher(address).matches()) {
            labels.put("org.opencontainers.image.source", address);
        }
        return labels;
    }

    private String git(String... arguments) {
        try {
            ProcessBuilder command = new ProcessBuilder("git");
            command.command().addAll(List.of(arguments));
            Process process = command.directory(root.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            return process.waitFor() == 0 ? output : "";
        } catch (IOException noGit) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
