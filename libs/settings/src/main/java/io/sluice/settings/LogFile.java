package io.sluice.settings;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * File that log records are written to beside the console.
 *
 * @param path the file itself; or a directory, in which each program and each pod has a file of its own
 */
record LogFile(Path path) {

    /**
     * Reads where the file is.
     *
     * @param text a path; that of a directory may end with a slash
     * @throws IllegalArgumentException if nothing can be written there
     */
    static LogFile parse(String text) {
        LogFile file = new LogFile(Path.of(text));
        boolean directory = file.isDirectory() || text.endsWith("/");
        checkDirectory(directory ? file.path : file.path.toAbsolutePath().resolveSibling(""));
        if (!directory) {
            file.checkFile();
        }
        return file;
    }

    /** The file of a pod's program. Names as those of the container logs that a Kubernetes node keeps begin. */
    Path of(String program, String pod) {
        return isDirectory() ? path.resolve(pod + "_" + program + ".log") : path;
    }

    private boolean isDirectory() {
        return Files.isDirectory(path);
    }

    /** Files are made there: the file itself, and those that it is rotated to. */
    private static void checkDirectory(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("there is no such directory");
        }
        if (!Files.isWritable(directory)) {
            throw new IllegalArgumentException("the user that the program runs as may not write to the directory");
        }
    }

    /** Opens it as the program will. */
    private void checkFile() {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IllegalArgumentException("it is no regular file");
        }
        try {
            Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException("the user that the program runs as may not write to the file");
        } catch (IOException e) {
            throw new IllegalArgumentException("it cannot be opened as a file");
        }
    }
}
