package io.sluice.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An image that was written to a file, as docker load reads it. */
final class ImageArchive {
    private final Map<String, byte[]> files = new HashMap<>();

    ImageArchive(Path archive) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.put(entry.getName(), tar.readAllBytes());
            }
        }
    }

    JsonNode config() throws IOException {
        return json(manifest().get("Config").asText()).get("config");
    }

    String architecture() throws IOException {
        return json(manifest().get("Config").asText()).get("architecture").asText();
    }

    String name() throws IOException {
        return manifest().get("RepoTags").get(0).asText();
    }

    /** The names of the layers, which say what they contain. */
    List<String> digests() throws IOException {
        List<String> digests = new ArrayList<>();
        manifest().get("Layers").forEach(layer -> digests.add(layer.asText()));
        return digests;
    }

    /** The content of a layer, counted from the lowest. */
    List<TarArchiveEntry> layer(int number) throws IOException {
        InputStream packed = new ByteArrayInputStream(files.get(digests().get(number)));
        List<TarArchiveEntry> entries = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** The files of a layer, without the folders. */
    List<String> filesOf(int layer) throws IOException {
        return layer(layer).stream()
                .filter(entry -> !entry.isDirectory())
                .map(TarArchiveEntry::getName)
                .toList();
    }

    private JsonNode manifest() throws IOException {
        return json("manifest.json").get(0);
    }

    private JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(files.get(file));
    }
}
