package io.sluice.images;

import io.sluice.local.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;

/** Builds the images of the packaged programs: archives under {@code target/images}, or images in a registry. */
public final class Main {
    private Main() {}

    /**
     * Builds the images by the system properties {@code image.*}; on failure ends with exit code 1 and one line of
     * explanation.
     *
     * @param arguments the project's root folder
     * @throws IOException if a file cannot be read or written
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Properties properties = System.getProperties();
        try {
            Path root = Path.of(arguments[0]).toRealPath();
            new ImageBuilder(ImageSettings.of(properties), root, System.out).build();
        } catch (ImageBuildException | StartFailure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
