package io.sluice.api;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.sluice.runtime.start.CommandLine;
import io.sluice.runtime.start.ProgramStart;
import io.sluice.settings.Settings;

/** The program. */
@QuarkusMain
public final class ApiProgram {

    private static final CommandLine COMMAND_LINE = new CommandLine(
            "api",
            "Takes events over HTTP and hands them to Kafka; reads them from PostgreSQL.",
            ApiProgram.class.getPackage().getImplementationVersion());

    /** Runs until it is told to stop. */
    public static void main(String... arguments) {
        // Quarkus would answer a path or a query that is not well-formed without a problem document; RequestValidator
        // has
        // one.
        System.setProperty("vertx.disableURIValidation", "true");
        // So that GuardInstaller is found; see there.
        System.setProperty(ChannelInitializerExtension.EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
        ProgramStart.run(COMMAND_LINE, () -> Settings.ofApi(System::getenv), arguments);
    }
}
