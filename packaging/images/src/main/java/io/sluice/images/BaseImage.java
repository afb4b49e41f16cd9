package io.sluice.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/** The base image as an archive in the format of docker save, from which its JVM is extracted. */
final class BaseImage implements AutoCloseable {
    private final TarFile archive;
    private final JsonNode manifest;
    private final JsonNode config;

    BaseImage(Path archive) throws IOException {
        this.archive = new TarFile(archive);
        this.manifest = json("manifest.json").get(0);
        this.config = json(manifest.get("Config").asText());
    }

    /** The image's architecture; of an image for several, the requested one. */
    String architecture() {
        return config.path("architecture").asText();
    }

    /** The value of an environment variable that the image sets. */
    String variable(String name) throws NoAotCacheException {
        for (JsonNode variable : config.path("config").path("Env")) {
            if (variable.asText().startsWith(name + "=")) {
                return variable.asText().substring(name.length() + 1);
            }
        }
        throw new NoAotCacheException("the base sets no " + name);
    }

    /**
     * Extracts a folder of the image.
     *
     * @param folder the absolute path of a folder in the image
     * @param target the folder to write to
     */
    void unpack(String folder, Path target) throws IOException {
        for (String layer : layers()) {
            try (UnpackedLayer files = new UnpackedLayer(new GZIPInputStream(content(layer)), folder, target)) {
                files.write();
            }
        }
    }

    private List<String> layers() {
        List<String> layers = new ArrayList<>();
        manifest.get("Layers").forEach(layer -> layers.add(layer.asText()));
        return layers;
    }

    private JsonNode json(String name) throws IOException {
        try (InputStream content = content(name)) {
            return new ObjectMapper().readTree(content);
        }
    }

    private InputStream content(String name) throws IOException {
        for (TarArchiveEntry entry : archive.getEntries()) {
            if (entry.getName().equals(name)) {
                return archive.getInputStream(entry);
            }
        }
        throw new IOException(name + " is missing in the archive of the base image");
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
