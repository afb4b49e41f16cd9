package io.sluice.consumer;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.sluice.runtime.start.BootstrapDnsWait;
import io.sluice.runtime.start.CommandLine;
import io.sluice.runtime.start.ProgramStart;
import io.sluice.settings.DatabasePoolSettings;
import io.sluice.settings.DatabaseSettings;
import io.sluice.settings.Environment;
import io.sluice.settings.FeatureSettings;
import io.sluice.settings.HttpSettings;
import io.sluice.settings.KafkaGroupSettings;
import io.sluice.settings.KafkaSettings;
import io.sluice.settings.LogSettings;
import java.util.List;
import java.util.function.Function;

/** The program. */
@QuarkusMain
public final class ConsumerProgram {

    private static final CommandLine COMMAND_LINE = new CommandLine(
            "consumer",
            "Stores the events of Kafka in PostgreSQL.",
            ConsumerProgram.class.getPackage().getImplementationVersion());

    /** Settings that this program has; no others are checked. */
    private static final List<Function<Environment, ?>> SETTINGS = List.of(
            LogSettings::new,
            FeatureSettings::ofConsumer,
            HttpSettings::new,
            KafkaSettings::new,
            KafkaGroupSettings::new,
            DatabaseSettings::new,
            DatabasePoolSettings::new);

    /** Runs until it is told to stop. */
    public static void main(String... arguments) {
        if (ProgramStart.isToRun(COMMAND_LINE, SETTINGS, arguments)) {
            BootstrapDnsWait.await();
            Quarkus.run();
        }
    }
}
