package io.sluice.initjob;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.sluice.provisioning.ProvisioningSettings;
import io.sluice.settings.Environment;
import io.sluice.settings.InvalidSettingsException;
import io.sluice.settings.LogSettings;
import io.sluice.settings.Setting;
import io.sluice.settings.jvm.JvmTimeZone;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks arguments and settings before Quarkus fails on one of them, and then starts the job. */
@QuarkusMain
public final class Main {

    private Main() {}

    /** Ends the process with one of {@link ExitCode}. */
    public static void main(String... args) {
        JvmTimeZone.makeUtc();
        try {
            if (Arguments.parse(List.of(args)).help()) {
                System.out.print(Arguments.usage());
                return;
            }
            Environment.check(System::getenv, List.of(LogSettings::new, ProvisioningSettings::new));
            offerToQuarkus(Setting.LOG_LEVEL);
            offerToQuarkus(Setting.LOG_FORMAT);
            offerLogFileToQuarkus();
        } catch (InvalidSettingsException e) {
            refuse(e.getMessage());
        } catch (IllegalArgumentException e) {
            refuse(e.getMessage() + "\n\n" + Arguments.usage());
        }
        Quarkus.run(InitJob.class, args);
    }

    /**
     * Sets the system property, because an empty variable means the default and case does not matter, which Quarkus
     * does not know.
     */
    private static void offerToQuarkus(Setting setting) {
        String value = System.getenv(setting.name());
        String effective = value == null || value.isEmpty() ? setting.defaultValue() : value;
        System.setProperty(setting.name(), effective.toLowerCase(Locale.ROOT));
    }

    private static void offerLogFileToQuarkus() {
        LogSettings logs = Environment.read(System::getenv, LogSettings::new);
        String pod = Objects.requireNonNullElse(System.getenv("HOSTNAME"), "localhost");
        logs.file("init-job", pod).ifPresent(file -> {
            System.setProperty("quarkus.log.file.enabled", "true");
            // It could look like an expression, and is none.
            System.setProperty("quarkus.log.file.path", file.toString().replace("$", "\\$"));
        });
    }

    private static void refuse(@Nullable String message) {
        System.err.println(message);
        System.exit(ExitCode.CONFIGURATION.number());
    }
}
