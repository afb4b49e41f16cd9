package io.sluice.consumer;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.sluice.runtime.start.CommandLine;
import io.sluice.runtime.start.ProgramStart;
import io.sluice.settings.Settings;

/** The program. */
@QuarkusMain
public final class ConsumerProgram {

    private static final CommandLine COMMAND_LINE = new CommandLine(
            "consumer",
            "Stores the events of Kafka in PostgreSQL.",
            ConsumerProgram.class.getPackage().getImplementationVersion());

    /** Runs until it is told to stop. */
    public static void main(String... arguments) {
        ProgramStart.run(COMMAND_LINE, () -> Settings.from(System::getenv), arguments);
    }
}
