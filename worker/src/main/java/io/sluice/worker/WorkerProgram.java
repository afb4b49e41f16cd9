package io.sluice.worker;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.sluice.runtime.start.CommandLine;
import io.sluice.runtime.start.ProgramStart;
import io.sluice.settings.DatabasePoolSettings;
import io.sluice.settings.DatabaseSettings;
import io.sluice.settings.DetectorSettings;
import io.sluice.settings.EmbeddingSettings;
import io.sluice.settings.Environment;
import io.sluice.settings.FeatureSettings;
import io.sluice.settings.HttpSettings;
import io.sluice.settings.LogSettings;
import io.sluice.settings.RetentionSettings;
import io.sluice.settings.StorageSettings;
import io.sluice.settings.WorkerTokenSettings;
import java.util.List;
import java.util.function.Function;

/** The program. */
@QuarkusMain
public final class WorkerProgram {

    private static final CommandLine COMMAND_LINE = new CommandLine(
            "worker",
            "Does the work of seconds that features order as jobs, and ranks passages for the api.",
            WorkerProgram.class.getPackage().getImplementationVersion());

    /** Settings that this program has; no others are checked. */
    private static final List<Function<Environment, ?>> SETTINGS = List.of(
            LogSettings::new,
            FeatureSettings::new,
            HttpSettings::new,
            DatabaseSettings::new,
            DatabasePoolSettings::new,
            StorageSettings::new,
            RetentionSettings::new,
            DetectorSettings::new,
            EmbeddingSettings::new,
            WorkerTokenSettings::new);

    /** Runs until it is told to stop. */
    public static void main(String... arguments) {
        if (ProgramStart.isToRun(COMMAND_LINE, SETTINGS, arguments)) {
            Quarkus.run();
        }
    }
}
