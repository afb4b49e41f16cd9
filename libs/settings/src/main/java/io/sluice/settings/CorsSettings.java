package io.sluice.settings;

/** Origins that browsers may call from. */
public final class CorsSettings {

    private final String origins;

    /** Reads them. */
    public CorsSettings(Environment environment) {
        origins = environment.text(Setting.CORS_ORIGINS);
    }

    /** Origins, separated by commas; may be empty, or {@code *}. */
    public String origins() {
        return origins;
    }
}
