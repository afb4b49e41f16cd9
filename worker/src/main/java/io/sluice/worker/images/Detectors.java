package io.sluice.worker.images;

import io.sluice.imaging.CircleDetector;
import io.sluice.settings.DetectorSettings;
import io.sluice.worker.jobs.PermanentJobException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Detectors that the settings have, by name. */
@Singleton
class Detectors {

    private static final String NO_MODEL_SERVER =
            "This deployment has no model server, which the detector kserve needs; ask for builtin, or for none.";

    private final ImageDetector builtin = new BuiltinDetector();
    private final Optional<ImageDetector> modelServer;
    private final ImageDetector standard;

    Detectors(DetectorSettings settings) {
        modelServer = settings.modelServer().map(server -> new KServeDetector(server, System::nanoTime));
        standard = settings.isModelServerDefault() ? modelServer.orElseThrow() : builtin;
    }

    /**
     * A detector.
     *
     * @param name of the detector, or {@code null} for what {@code DETECTOR} says
     * @throws PermanentJobException if there is none of this name
     */
    ImageDetector find(@Nullable String name) throws PermanentJobException {
        if (name == null) {
            return standard;
        }
        return switch (name) {
            case CircleDetector.NAME -> builtin;
            case KServeDetector.NAME -> modelServer.orElseThrow(() -> new PermanentJobException(NO_MODEL_SERVER));
            default -> throw new PermanentJobException("There is no detector " + name + ".");
        };
    }

    /** The one that {@code DETECTOR} names, and whether the model server can be used; within a second, and never a failure. */
    Uni<String> state() {
        return modelServer
                .filter(server -> server != standard)
                .map(server -> server.state().map(state -> CircleDetector.NAME + "; where it is asked for, " + state))
                .orElseGet(standard::state);
    }
}
