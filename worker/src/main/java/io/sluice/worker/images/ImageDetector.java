package io.sluice.worker.images;

import io.sluice.imaging.DecodedImage;
import io.sluice.worker.jobs.OutageException;
import io.sluice.worker.jobs.PermanentJobException;
import io.smallrye.mutiny.Uni;
import java.io.IOException;

/** Finds the circular objects of an image. Called by several threads at once. */
interface ImageDetector {

    /**
     * Finds them; blocks.
     *
     * @param image of which no side is longer than that of an overlay
     * @throws PermanentJobException if no retry can help
     * @throws OutageException if what is needed is away
     * @throws IOException if it failed otherwise
     * @throws InterruptedException if the program stops
     */
    Detection detect(DecodedImage image)
            throws PermanentJobException, OutageException, IOException, InterruptedException;

    /** Its name, and whether it can be used, for people; within a second, and never a failure. */
    Uni<String> state();
}
