package io.sluice.benchmarks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.benchmarks.images.RenderedImages.Condition;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CocoDatasetTest {

    @TempDir
    Path folder;

    @Test
    void boxesAndImagesAreReducedTogether() throws IOException {
        // Given
        write("coin.png");
        annotate(
                """
                {"images": [{"id": 3, "file_name": "coin.png", "width": 400, "height": 200}],
                 "annotations": [{"image_id": 3, "bbox": [40, 20, 100, 100]}, {"image_id": 4, "bbox": [1, 1, 1, 1]}]}""");

        // When
        List<LabelledImage> images = CocoDataset.read(folder, 100).images().toList();

        // Then
        assertThat(images).singleElement().satisfies(image -> {
            assertThat(image.boxes()).containsExactly(new Rectangle2D.Double(10, 5, 25, 25));
            assertThat(image.image().get().getWidth()).isEqualTo(100);
            assertThat(image.image().get().getHeight()).isEqualTo(50);
        });
    }

    @Test
    void anImageThatIsNotThereIsNamed() throws IOException {
        annotate("""
                {"images": [{"id": 3, "file_name": "lost.png", "width": 400, "height": 200}]}""");

        assertThatThrownBy(() -> CocoDataset.read(folder, 100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lost.png");
    }

    @Test
    void aFolderWithoutAnnotationsIsRefused() {
        assertThatThrownBy(() -> CocoDataset.read(folder, 100)).hasMessageContaining("has 0 JSON files");
    }

    private void write(String name) throws IOException {
        BufferedImage image = RenderedImages.of(Condition.EMPTY, 1, 1)
                .findFirst()
                .orElseThrow()
                .image()
                .get();
        BufferedImage exact = new BufferedImage(400, 200, BufferedImage.TYPE_INT_RGB);
        exact.createGraphics().drawImage(image, 0, 0, 400, 200, null);
        ImageIO.write(exact, "png", folder.resolve(name).toFile());
    }

    private void annotate(String json) throws IOException {
        Files.writeString(folder.resolve("annotations.coco.json"), json);
    }
}
