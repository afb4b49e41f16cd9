package io.sluice.settings;

/**
 * A file that holds a {@link DatabaseUrl}, as Kubernetes mounts a Secret. What it holds can be another one the next time.
 *
 * @param path where it is; every link on the way is followed anew each time
 */
record DatabaseUrlFile(String path) {

    /**
     * Reads it; line breaks at its end do not count.
     *
     * @throws IllegalArgumentException if it holds none, or cannot be read; the message quotes nothing of it
     */
    DatabaseUrl read() {
        String url = new MountedFile(path).text().replaceFirst("\\R+$", "");
        if (url.isEmpty()) {
            throw new IllegalArgumentException("the file is empty");
        }
        return DatabaseUrl.parse(url);
    }
}
