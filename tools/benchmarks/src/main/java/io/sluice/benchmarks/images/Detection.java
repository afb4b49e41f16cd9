package io.sluice.benchmarks.images;

import io.sluice.imaging.Circle;
import io.sluice.imaging.CircleDetector;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Quality of what was found in a set of images; ratios between 0 and 1.
 *
 * @param set its name
 * @param circles number of circles to be found
 * @param precision ratio of those found that are some; 1 where none was found
 * @param recall ratio of those found to those to be found; 1 where there were none
 * @param radiusError mean relative error of the radius
 * @param exactCounts ratio of the images in which as many were found as there are
 * @param millisMedian time of an image, in milliseconds
 * @param millisP95 the same of the slowest 5 %
 */
public record Detection(
        String set,
        int images,
        int circles,
        double precision,
        double recall,
        double radiusError,
        double exactCounts,
        double millisMedian,
        double millisP95) {

    /** Finds circles in all images of a set. */
    public static Detection in(String set, Stream<LabelledImage> images) {
        List<Matching> matchings = new ArrayList<>();
        List<Double> millis = new ArrayList<>();
        images.forEachOrdered(labelled -> {
            BufferedImage image = labelled.image().get();
            long start = System.nanoTime();
            List<Circle> found = CircleDetector.detect(image);
            millis.add((System.nanoTime() - start) / 1e6);
            matchings.add(Matching.of(found, labelled.boxes()));
        });
        int matched = matchings.stream().mapToInt(Matching::matched).sum();
        int extra = matchings.stream().mapToInt(Matching::extra).sum();
        int missed = matchings.stream().mapToInt(Matching::missed).sum();
        DoubleStream errors = matchings.stream()
                .flatMap(matching -> matching.radiusErrors().stream())
                .mapToDouble(Double::doubleValue);
        List<Double> sorted = millis.stream().sorted().toList();
        return new Detection(
                set,
                matchings.size(),
                matched + missed,
                ratio(matched, matched + extra),
                ratio(matched, matched + missed),
                errors.average().orElse(0),
                ratio((int) matchings.stream().filter(Matching::isExactCount).count(), matchings.size()),
                sorted.get(sorted.size() / 2),
                sorted.get((int) (sorted.size() * 0.95)));
    }

    private static double ratio(int part, int whole) {
        return whole == 0 ? 1 : (double) part / whole;
    }

    /** Harmonic mean of precision and recall. */
    public double f1() {
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }
}
