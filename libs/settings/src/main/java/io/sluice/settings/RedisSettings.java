package io.sluice.settings;

import java.util.Optional;

/** Redis, which the api may do without. */
public final class RedisSettings {

    private final Optional<String> url;
    private final Optional<String> file;

    /** Reads them, and what the file holds. */
    public RedisSettings(Environment environment) {
        url = environment.optional(Setting.REDIS_URL);
        file = environment.optional(Setting.REDIS_URL_FILE);
        if (environment.sets(Setting.REDIS_URL) && environment.sets(Setting.REDIS_URL_FILE)) {
            environment.conflict("REDIS_URL and REDIS_URL_FILE must not both be set; leave one of them out");
        }
    }

    /** True if there is a Redis to be used. */
    public boolean isSet() {
        return url.isPresent() || file.isPresent();
    }

    /**
     * The address; as the file holds it now, if it is in one.
     *
     * @return empty if there is none
     * @throws IllegalArgumentException if it is in a file that does not hold it any more; the message quotes nothing of it
     */
    public Optional<RedisUrl> url() {
        return url.map(RedisUrl::parse).or(() -> file.map(RedisSettings::read));
    }

    /**
     * Address in a file; line breaks at its end do not count.
     *
     * @throws IllegalArgumentException if it holds none, or cannot be read; the message quotes nothing of it
     */
    static RedisUrl read(String path) {
        return RedisUrl.parse(new MountedFile(path).text().replaceFirst("\\R+$", ""));
    }
}
