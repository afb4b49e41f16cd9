package io.sluice.settings;

/** Kind of deployment. */
public final class DeploymentSettings {

    private static final String DEVELOPMENT = "development";

    private final boolean development;

    /** Reads them. */
    public DeploymentSettings(Environment environment) {
        development = isDevelopment(environment);
    }

    static boolean isDevelopment(Environment environment) {
        return environment.text(Setting.APP_ENV).equalsIgnoreCase(DEVELOPMENT);
    }

    /** True if this is where people develop: nothing waits for load balancers there, and no key is required. */
    public boolean development() {
        return development;
    }
}
