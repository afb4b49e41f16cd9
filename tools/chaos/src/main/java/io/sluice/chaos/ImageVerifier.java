package io.sluice.chaos;

import io.sluice.chaos.Database.StoredImage;
import io.sluice.chaos.Violation.Rule;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Verifies what became of the images that were accepted. */
final class ImageVerifier {

    /** Types of the events of an image, in their order. */
    static final List<String> EVENTS = List.of("image.uploaded", "image.analysed");

    private static final String DONE = "done";

    private final Map<UUID, RenderedImage> images;
    private final Consumer<Violation> violations;

    /** Verifies these images. */
    ImageVerifier(Map<UUID, RenderedImage> images, Consumer<Violation> violations) {
        this.images = images;
        this.violations = violations;
    }

    /** Verifies the rows of images: each was analysed once, and has the objects that were drawn. */
    void verifyAnalyses(Map<UUID, StoredImage> rows) {
        images.forEach((id, image) -> {
            StoredImage row = rows.get(id);
            if (row == null) {
                report(Rule.NOTHING_IS_LOST, "the image " + id + " was accepted and has no row");
            } else if (!row.equals(new StoredImage(DONE, 1, image.discs()))) {
                report(
                        Rule.IMAGES_ARE_ANALYSED_ONCE,
                        "the image %s is %s, with %d jobs, and %d objects of %d"
                                .formatted(id, row.status(), row.jobs(), row.objects(), image.discs()));
            }
        });
        rows.keySet().stream()
                .filter(id -> !images.containsKey(id))
                .forEach(id -> report(Rule.NOTHING_IS_MADE_UP, "the image " + id + " was accepted by nobody"));
    }

    /**
     * Verifies the events of images.
     *
     * @param events types of the stored events of each image, in the order in which the api lists them
     * @param counts the handler's count of each key
     */
    void verifyEvents(Map<String, List<String>> events, Map<String, Integer> counts) {
        images.keySet().forEach(id -> {
            List<String> stored = events.getOrDefault(id.toString(), List.of());
            if (!stored.equals(EVENTS)) {
                report(rule(stored), "the events of the image " + id + " are " + stored);
            }
            int counted = counts.getOrDefault(id.toString(), 0);
            if (counted != stored.size()) {
                report(
                        Rule.HANDLERS_TAKE_EFFECT_ONCE,
                        "the handler has counted %d events of the image %s, of which %d are stored"
                                .formatted(counted, id, stored.size()));
            }
        });
        events.keySet().stream()
                .filter(id -> !images.containsKey(UUID.fromString(id)))
                .forEach(id -> report(Rule.NOTHING_IS_MADE_UP, "there are events of the image " + id + " of nobody"));
    }

    private static Rule rule(List<String> stored) {
        if (!stored.containsAll(EVENTS)) {
            return Rule.NOTHING_IS_LOST;
        }
        boolean twice = EVENTS.stream().anyMatch(type -> Collections.frequency(stored, type) > 1);
        if (twice) {
            return Rule.NOTHING_IS_STORED_TWICE;
        }
        return stored.size() > EVENTS.size() ? Rule.NOTHING_IS_MADE_UP : Rule.ORDER_OF_A_KEY_STAYS;
    }

    /**
     * Verifies the statistics, which have each image once.
     *
     * @param counted number of images in them
     * @param objects number of objects in them
     */
    void verifyStatistics(int counted, int objects) {
        int drawn = images.values().stream().mapToInt(RenderedImage::discs).sum();
        if (counted != images.size() || objects != drawn) {
            report(
                    Rule.HANDLERS_TAKE_EFFECT_ONCE,
                    "statistics have %d images with %d objects in place of %d with %d"
                            .formatted(counted, objects, images.size(), drawn));
        }
    }

    private void report(Rule rule, String detail) {
        violations.accept(new Violation(rule, detail));
    }
}
