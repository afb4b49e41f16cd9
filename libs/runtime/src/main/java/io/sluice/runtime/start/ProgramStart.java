package io.sluice.runtime.start;

import io.quarkus.runtime.Quarkus;
import io.sluice.settings.InvalidSettingsException;
import io.sluice.settings.Settings;
import io.sluice.settings.jvm.JvmTimeZone;
import java.util.Optional;
import java.util.function.Supplier;

/** Start of a program that runs until it is told to stop. */
public final class ProgramStart {

    /** Exit code: an argument or a setting is wrong. */
    private static final int WRONG_CONFIGURATION = 2;

    private ProgramStart() {}

    /**
     * Checks arguments and settings, before anything is started with them, waits for the names of Kafka's servers, and runs Quarkus.
     *
     * @param settings reads and checks the program's settings; may throw {@link InvalidSettingsException}
     */
    public static void run(CommandLine commandLine, Supplier<Settings> settings, String... arguments) {
        JvmTimeZone.makeUtc();
        try {
            Optional<String> answer = commandLine.answer(arguments);
            if (answer.isPresent()) {
                System.out.print(answer.get());
                return;
            }
            BootstrapDnsWait.await(settings.get(), System.err::println);
        } catch (InvalidSettingsException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_CONFIGURATION);
        }
        Quarkus.run();
    }
}
