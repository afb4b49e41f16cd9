package io.sluice.benchmarks;

import io.sluice.benchmarks.images.CocoDataset;
import io.sluice.benchmarks.images.Detection;
import io.sluice.benchmarks.images.LabelledImage;
import io.sluice.benchmarks.images.RenderedImages;
import io.sluice.benchmarks.images.RenderedImages.Condition;
import io.sluice.imaging.CircleDetector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks for circles in images whose circles are known: rendered ones, and those of a dataset. */
record ImagesBenchmark(Path project, @Nullable Path dataset) {

    /** Seed of the reported images; the detector was made with images of other renderers. */
    private static final long SEED = 20_261_128;

    private static final int IMAGES_EACH = 20;
    private static final int PHOTOS = 40;

    Report run() throws IOException, SQLException, InterruptedException {
        // The compiler of the JVM is warm then.
        Detection unused = Detection.in("warm-up", rendered(SEED + 1));
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        List<Detection> detections = new ArrayList<>();
        for (Condition condition : Condition.values()) {
            String name = condition.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            detections.add(Detection.in(name, RenderedImages.of(condition, IMAGES_EACH, SEED)));
        }
        detections.add(Detection.in("all rendered", rendered(SEED)));
        if (dataset != null) {
            CocoDataset photos = CocoDataset.read(dataset, CircleDetector.MAX_SIDE);
            detections.add(Detection.in(String.valueOf(dataset.getFileName()), photos.images()));
        }
        Map<String, String> parameters = parameters();
        WorkerBenchmark.Result worker = new WorkerBenchmark(project, PHOTOS).run();
        parameters.put("limits of the worker", worker.limits());
        return Report.of(project, parameters, detections, worker.analyses(), notes());
    }

    private static Stream<LabelledImage> rendered(long seed) {
        return Stream.of(Condition.values()).flatMap(condition -> RenderedImages.of(condition, IMAGES_EACH, seed));
    }

    private static Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("detector", CircleDetector.NAME + ", version " + CircleDetector.VERSION);
        parameters.put("rendered images", "%d of each kind, seed %d".formatted(IMAGES_EACH, SEED));
        parameters.put("peak of the heap, detection alone", (peakHeap() >> 20) + " MiB");
        return parameters;
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    private static List<String> notes() {
        return List.of(
                "A circle counts as found where its box and the one that was to be found have an intersection over union of at least 0.5;"
                        + " each counts once.",
                "Times are of the detection alone, on one thread, of images with sides of at most %d pixels; larger ones are reduced to that before."
                        .formatted(CircleDetector.MAX_SIDE),
                "No image of these was looked at while the detector was made.",
                "An analysis by the worker goes from the start of the job to the commit of its result: bytes read, decoded, searched, overlay and mask"
                        + " written. It has the limits of its pod and the options of its container image, on the JDK named above; api and"
                        + " PostgreSQL have none.",
                "Photos are rendered. The first is analysed by a worker that has just started; five are analysed before those that count. Images a second"
                        + " are those of %d photos that wait, analysed two at a time. The peak is the most that was resident (VmHWM) in all this."
                                .formatted(PHOTOS / 2));
    }
}
