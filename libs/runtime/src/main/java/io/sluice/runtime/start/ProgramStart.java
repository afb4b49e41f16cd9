package io.sluice.runtime.start;

import io.sluice.settings.Environment;
import io.sluice.settings.InvalidSettingsException;
import io.sluice.settings.jvm.JvmTimeZone;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Start of a program that runs until it is told to stop. */
public final class ProgramStart {

    /** Exit code: an argument or a setting is wrong. */
    private static final int WRONG_CONFIGURATION = 2;

    private ProgramStart() {}

    /**
     * Checks arguments and settings, before anything is started with them; ends the process if any is wrong.
     *
     * @param settings all groups of settings that the program has, as in {@code KafkaSettings::new}
     * @return false if the program was only asked what it is
     */
    public static boolean isToRun(
            CommandLine commandLine, List<Function<Environment, ?>> settings, String... arguments) {
        JvmTimeZone.makeUtc();
        try {
            Optional<String> answer = commandLine.answer(arguments);
            answer.ifPresent(System.out::print);
            if (answer.isEmpty()) {
                Environment.check(System::getenv, settings);
            }
            return answer.isEmpty();
        } catch (InvalidSettingsException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_CONFIGURATION);
            return false;
        }
    }
}
