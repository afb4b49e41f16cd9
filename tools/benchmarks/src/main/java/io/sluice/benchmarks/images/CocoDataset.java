package io.sluice.benchmarks.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.imaging.ImageDecoder;
import io.sluice.imaging.UndecodableImageException;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Images of a folder with annotations in COCO's format: a JSON file with {@code images} and {@code annotations}, whose {@code bbox} is
 * {@code [x, y, width, height]} in pixels (<a href="https://cocodataset.org/#format-data">COCO data format</a>).
 */
public final class CocoDataset {

    private final List<LabelledImage> images;

    private CocoDataset(List<LabelledImage> images) {
        this.images = images;
    }

    /** All of them; each is read when it is asked for. */
    public Stream<LabelledImage> images() {
        return images.stream();
    }

    /**
     * Reads the annotations.
     *
     * @param maxSide longer sides are reduced to it
     * @throws IOException if the folder has no annotations, more than one file of them, or they name an image that it does not have
     */
    public static CocoDataset read(Path folder, int maxSide) throws IOException {
        JsonNode annotations = new ObjectMapper().readTree(annotationsIn(folder).toFile());
        Map<String, List<JsonNode>> boxes = new HashMap<>();
        for (JsonNode annotation : annotations.path("annotations")) {
            boxes.computeIfAbsent(annotation.path("image_id").asText(), unused -> new ArrayList<>())
                    .add(annotation.path("bbox"));
        }
        List<LabelledImage> images = new ArrayList<>();
        for (JsonNode image : annotations.path("images")) {
            Path file = folder.resolve(image.path("file_name").asText());
            if (!Files.isRegularFile(file)) {
                throw new IOException(
                        "The annotations name " + file.getFileName() + ", and " + folder + " does not have it.");
            }
            double scale =
                    scale(image.path("width").asInt(), image.path("height").asInt(), maxSide);
            List<Rectangle2D> wanted = boxes.getOrDefault(image.path("id").asText(), List.of()).stream()
                    .map(box -> box(box, scale))
                    .toList();
            images.add(new LabelledImage(() -> decode(file, maxSide), wanted));
        }
        return new CocoDataset(images);
    }

    private static Path annotationsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".json")).toList();
            if (found.size() != 1) {
                throw new IOException("%s has %d JSON files; one with annotations in COCO's format is needed."
                        .formatted(folder, found.size()));
            }
            return found.get(0);
        }
    }

    private static double scale(int width, int height, int maxSide) {
        return Math.min(1, (double) maxSide / Math.max(width, height));
    }

    private static Rectangle2D box(JsonNode box, double scale) {
        return new Rectangle2D.Double(
                scale * box.path(0).asDouble(),
                scale * box.path(1).asDouble(),
                scale * box.path(2).asDouble(),
                scale * box.path(3).asDouble());
    }

    private static BufferedImage decode(Path file, int maxSide) {
        try {
            return ImageDecoder.decode(Files.readAllBytes(file), maxSide).pixels();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UndecodableImageException e) {
            throw new UncheckedIOException(new IOException(file + ": " + e.getMessage(), e));
        }
    }
}
