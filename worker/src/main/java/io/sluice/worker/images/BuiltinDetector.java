package io.sluice.worker.images;

import io.sluice.imaging.CircleDetector;
import io.sluice.imaging.DecodedImage;
import jakarta.inject.Singleton;
import java.util.List;

/** The detector that needs nothing but this program. */
@Singleton
class BuiltinDetector implements ImageDetector {

    @Override
    public Detection detect(DecodedImage image) {
        DecodedImage small = image.shrunk(CircleDetector.MAX_SIDE);
        List<DetectedObject> objects = CircleDetector.detect(small.pixels()).stream()
                .map(circle -> DetectedObject.of(circle.scaled(small.scale()), image.width(), image.height()))
                .toList();
        return new Detection(CircleDetector.NAME, CircleDetector.VERSION, objects);
    }
}
