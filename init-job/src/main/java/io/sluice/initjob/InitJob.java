package io.sluice.initjob;

import io.quarkus.runtime.QuarkusApplication;
import io.sluice.contract.settings.Settings;
import io.sluice.provisioning.Plan;
import io.sluice.provisioning.Provisioning;
import io.sluice.provisioning.ProvisioningException;
import io.sluice.provisioning.Retention;
import java.util.List;

/** Runs provisioning or retention once and prints its plan, also the part of it that was done before a failure. */
final class InitJob implements QuarkusApplication {

    @Override
    public int run(String... args) {
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
            System.err.println(e.getMessage());
            return ExitCode.of(e.part()).number();
        }
    }

    private static void run(Arguments arguments, Plan plan) {
        Settings settings = Settings.from(System::getenv);
        switch (arguments.command()) {
            case PROVISION -> new Provisioning(settings, arguments.waitAtMost()).run(plan);
            case RETENTION -> new Retention(settings, arguments.waitAtMost()).run(plan);
        }
    }
}
