package io.sluice.worker.images;

import io.sluice.settings.DetectorSettings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The detector that the settings name. */
@Dependent
class DetectorProducer {

    @Produces
    @Singleton
    ImageDetector detector(DetectorSettings settings) {
        return settings.modelServer()
                .<ImageDetector>map(server -> new KServeDetector(server, System::nanoTime))
                .orElseGet(BuiltinDetector::new);
    }
}
