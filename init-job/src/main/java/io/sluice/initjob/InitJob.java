package io.sluice.initjob;

import io.quarkus.runtime.QuarkusApplication;
import io.sluice.provisioning.Plan;
import io.sluice.provisioning.Provisioning;
import io.sluice.provisioning.ProvisioningException;
import io.sluice.provisioning.ProvisioningSettings;
import io.sluice.provisioning.Retention;
import io.sluice.settings.Environment;
import io.sluice.settings.jvm.AotCache;
import java.util.List;
import org.jboss.logging.Logger;

/** Runs provisioning or retention once and prints its plan, also the part that was done before a failure. */
final class InitJob implements QuarkusApplication {

    private static final Logger LOG = Logger.getLogger(InitJob.class);

    @Override
    public int run(String... args) {
        reportAotCache();
        Arguments arguments = Arguments.parse(List.of(args));
        Plan plan = new Plan(arguments.dryRun() ? Plan.Mode.DRY_RUN : Plan.Mode.CARRY_OUT);
        try {
            run(arguments, plan);
            System.out.println(plan);
            return ExitCode.DONE.number();
        } catch (ProvisioningException e) {
            if (!plan.steps().isEmpty()) {
                System.out.println(plan);
            }
            LOG.error(e.getMessage());
            return ExitCode.of(e.component()).number();
        }
    }

    /** Logged at DEBUG if there is none, because the program otherwise logs only its changes and its problems. */
    private static void reportAotCache() {
        AotCache cache = AotCache.ofThisProcess();
        Logger.Level level =
                switch (cache) {
                    case IN_USE -> Logger.Level.INFO;
                    case NOT_USABLE -> Logger.Level.WARN;
                    case NONE -> Logger.Level.DEBUG;
                };
        LOG.logf(level, "aot-cache state=%s", cache.state());
    }

    private static void run(Arguments arguments, Plan plan) {
        ProvisioningSettings settings = Environment.read(System::getenv, ProvisioningSettings::new);
        switch (arguments.command()) {
            case PROVISION -> new Provisioning(settings, arguments.waitAtMost()).run(plan);
            case RETENTION -> new Retention(settings, arguments.waitAtMost()).run(plan);
        }
    }
}
