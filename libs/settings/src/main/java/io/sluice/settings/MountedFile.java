package io.sluice.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file of text that a setting names, as Kubernetes mounts a Secret. What it holds can be another one the next time.
 *
 * @param path where it is; every link on the way is followed anew each time
 */
record MountedFile(String path) {

    /**
     * Text of the file as it is now.
     *
     * @throws IllegalArgumentException if it cannot be read; the message quotes nothing of it
     */
    String text() {
        try {
            return Files.readString(Path.of(path));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no such file");
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException("the user that the program runs as may not read it");
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the file is not UTF-8");
        } catch (IOException e) {
            throw new IllegalArgumentException("it cannot be read as a file");
        }
    }
}
