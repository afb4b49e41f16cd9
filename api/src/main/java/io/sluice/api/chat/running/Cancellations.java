package io.sluice.api.chat.running;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.StartupEvent;
import io.sluice.api.redis.RedisChannel;
import io.sluice.api.redis.RedisChannels;
import io.sluice.contract.EventId;
import io.sluice.settings.Feature;
import io.sluice.settings.FeatureSettings;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;

/**
 * Cancels answers in whatever replica gives them: this one at once, the others by a message over Redis, which has no caller's name in it. A
 * message that is lost cancels nothing, and the answer comes to its end.
 */
@Singleton
class Cancellations {

    private static final String CHANNEL = "sluice:answers:cancelled";

    private static final String SEPARATOR = " ";

    private final RunningAnswers answers;
    private final RedisChannel channel;

    /** Outcome of a cancellation. */
    enum Outcome {
        /** The answer was under way here, and ends. */
        CANCELLED,
        /** It is not under way here, and other replicas were told. */
        PASSED_ON,
        /** It is not under way here, and no other replica can be told. */
        UNKNOWN
    }

    Cancellations(RunningAnswers answers, RedisChannels redis) {
        this.answers = answers;
        this.channel = redis.channel(CHANNEL, this::told);
    }

    /** Listens from the start on. */
    void start(@Observes StartupEvent event, FeatureSettings features) {
        if (features.isEnabled(Feature.CHAT)) {
            listen();
        }
    }

    void listen() {
        channel.listen();
    }

    @PreDestroy
    void stop() {
        channel.close();
    }

    /** Cancels an answer of a caller's; never fails. */
    Uni<Outcome> cancel(UUID id, String caller) {
        if (answers.cancel(id, caller)) {
            return Uni.createFrom().item(Outcome.CANCELLED);
        }
        return channel.tellOthers(id + SEPARATOR + proof(id, caller))
                .map(others -> others ? Outcome.PASSED_ON : Outcome.UNKNOWN);
    }

    private void told(String message) {
        String[] parts = message.split(SEPARATOR, 2);
        if (parts.length == 2) {
            EventId.parse(parts[0])
                    .ifPresent(id -> answers.cancel(
                            id,
                            caller -> MessageDigest.isEqual(
                                    proof(id, caller).getBytes(UTF_8), parts[1].getBytes(UTF_8))));
        }
    }

    /** A hash of the caller's name, for this answer alone. */
    private static String proof(UUID id, String caller) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest((id + SEPARATOR + caller).getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
