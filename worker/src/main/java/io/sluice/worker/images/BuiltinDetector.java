package io.sluice.worker.images;

import io.sluice.imaging.CircleDetector;
import io.sluice.imaging.DecodedImage;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** The detector that needs nothing but this program. */
class BuiltinDetector implements ImageDetector {

    @Override
    public Detection detect(DecodedImage image) {
        DecodedImage small = image.shrunk(CircleDetector.MAX_SIDE);
        List<DetectedObject> objects = CircleDetector.detect(small.pixels()).stream()
                .map(circle -> DetectedObject.of(circle.scaled(small.scale()), image.width(), image.height()))
                .toList();
        return new Detection(CircleDetector.NAME, CircleDetector.VERSION, objects);
    }

    @Override
    public Uni<String> state() {
        return Uni.createFrom().item(CircleDetector.NAME);
    }
}
