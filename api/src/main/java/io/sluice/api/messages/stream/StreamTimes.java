package io.sluice.api.messages.stream;

import java.time.Duration;

/**
 * Times of streams.
 *
 * @param heartbeat after which a reader that nothing came for is told so
 * @param age after which a stream ends: the client comes back with a token that is looked at, and to any replica
 * @param blockTimeout in which a block of what came before is to be taken: others wait for the place
 */
record StreamTimes(Duration heartbeat, Duration age, Duration blockTimeout) {

    /** Times of the program; tests have shorter ones. */
    static final StreamTimes DEFAULTS =
            new StreamTimes(Duration.ofSeconds(15), Duration.ofMinutes(15), Duration.ofSeconds(30));
}
