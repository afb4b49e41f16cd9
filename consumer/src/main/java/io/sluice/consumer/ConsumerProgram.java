package io.sluice.consumer;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.sluice.settings.CommandLine;
import io.sluice.settings.InvalidSettingsException;
import io.sluice.settings.KafkaNames;
import io.sluice.settings.Settings;
import io.sluice.settings.jvm.JvmTimeZone;
import java.util.Optional;

/** The program. */
@QuarkusMain
public final class ConsumerProgram {

    /** The exit code of a program whose configuration is wrong. */
    static final int CONFIGURATION = 2;

    private static final CommandLine COMMAND_LINE = new CommandLine(
            "consumer",
            "Stores the events of Kafka in PostgreSQL.",
            ConsumerProgram.class.getPackage().getImplementationVersion());

    /** Checks arguments and settings, before anything is started with them, and runs until it is told to stop. */
    public static void main(String... arguments) {
        JvmTimeZone.makeUtc();
        try {
            Optional<String> answer = COMMAND_LINE.answer(arguments);
            if (answer.isPresent()) {
                System.out.print(answer.get());
                return;
            }
            KafkaNames.await(Settings.from(System::getenv), System.err::println);
        } catch (InvalidSettingsException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(CONFIGURATION);
        }
        Quarkus.run();
    }
}
