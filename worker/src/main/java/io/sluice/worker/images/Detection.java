package io.sluice.worker.images;

import java.util.List;

/**
 * Result of a detector.
 *
 * @param detector name of the detector
 * @param version of the detector, or of its model
 * @param objects in the order of their numbers, from 1 on
 */
record Detection(String detector, String version, List<DetectedObject> objects) {}
