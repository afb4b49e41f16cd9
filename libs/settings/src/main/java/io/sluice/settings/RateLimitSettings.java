package io.sluice.settings;

/** Limit of each caller's requests. */
public final class RateLimitSettings {

    private final int perSecond;

    /** Reads it. */
    public RateLimitSettings(Environment environment) {
        perSecond = environment.number(Setting.RATE_LIMIT);
    }

    /** Requests a second that one caller may send to a replica; 0 for no limit. */
    public int perSecond() {
        return perSecond;
    }
}
