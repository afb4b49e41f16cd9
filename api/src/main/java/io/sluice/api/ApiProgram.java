package io.sluice.api;

import io.netty.bootstrap.ChannelInitializerExtension;
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
public final class ApiProgram {

    /** The exit code of a program whose configuration is wrong. */
    static final int CONFIGURATION = 2;

    private static final CommandLine COMMAND_LINE = new CommandLine(
            "api",
            "Takes events over HTTP and hands them to Kafka; reads them from PostgreSQL.",
            ApiProgram.class.getPackage().getImplementationVersion());

    /** Checks arguments and settings, before anything is started with them, and runs until it is told to stop. */
    public static void main(String... arguments) {
        JvmTimeZone.makeUtc();
        try {
            Optional<String> answer = COMMAND_LINE.answer(arguments);
            if (answer.isPresent()) {
                System.out.print(answer.get());
                return;
            }
            KafkaNames.await(Settings.ofApi(System::getenv), System.err::println);
        } catch (InvalidSettingsException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(CONFIGURATION);
        }
        // Quarkus would answer a path or a query that is not well-formed without a problem document; RequestValidator
        // has
        // one.
        System.setProperty("vertx.disableURIValidation", "true");
        // So that GuardInstaller is found; see there.
        System.setProperty(ChannelInitializerExtension.EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
        Quarkus.run();
    }
}
