package io.sluice.api.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.api.redis.RedisCalls;
import io.sluice.settings.WorkerSettings;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Rankings that the worker gave a moment ago, in Redis: ids of passages and scores, and nothing of any text. The same question of the same caller
 * among the same documents has the same one for {@link #KEPT}; what it names is checked and read in PostgreSQL as if the worker had just given it.
 */
@Singleton
class RankingCache {

    /** Time that a ranking is kept: so short that a document that has just become ready is found soon, by a question that was asked before as well. */
    static final Duration KEPT = Duration.ofSeconds(15);

    private static final String PREFIX = "sluice:ranking:";

    private static final String HMAC = "HmacSHA256";

    /** Version of the form of what is kept: programs of two versions do not read each other's. */
    private static final String VERSION = "1";

    private final ObjectMapper json = new ObjectMapper();
    private final RedisCalls redis;
    private final Optional<SecretKeySpec> secret;
    private final Counter hits;
    private final Counter misses;

    RankingCache(RedisCalls redis, WorkerSettings worker, MeterRegistry registry) {
        this.redis = redis;
        this.secret = worker.token().map(token -> new SecretKeySpec(token.getBytes(UTF_8), HMAC));
        this.hits = counter("hit", registry);
        this.misses = counter("miss", registry);
    }

    private static Counter counter(String result, MeterRegistry registry) {
        return Counter.builder("sluice.api.ranking.cache")
                .description("Rankings that were looked for in Redis")
                .tag("result", result)
                .register(registry);
    }

    /**
     * The ranking that is kept for a question, else the one that is asked for, which is kept then if passages were ranked by their meaning, too: by
     * words alone they may be better ranked a moment later.
     *
     * @param asking asks the worker
     * @return as {@code asking} has it
     */
    Uni<Optional<Ranking>> rank(RankedQuestion question, Supplier<Uni<Optional<Ranking>>> asking) {
        if (!redis.isUsed() || secret.isEmpty()) {
            return asking.get();
        }
        String key = key(question, secret.get());
        return redis.get(key)
                .map(kept -> kept.flatMap(bytes -> read(bytes, question.limit())))
                .chain(kept -> {
                    (kept.isPresent() ? hits : misses).increment();
                    return kept.isPresent()
                            ? Uni.createFrom().item(kept)
                            : asking.get().invoke(asked -> asked.filter(
                                            ranking -> ranking.retrieval() == RetrievalMode.HYBRID)
                                    .ifPresent(ranking -> redis.set(key, bytes(ranking), KEPT)));
                });
    }

    /**
     * A keyed hash of all that a ranking depends on, of which the caller's name is a part: no key is another caller's, and none tells what was
     * asked. Each part goes with its length, so that no two lists of parts are the same.
     */
    private static String key(RankedQuestion question, SecretKeySpec secret) {
        String documents =
                question.documents().stream().map(UUID::toString).sorted().collect(Collectors.joining(","));
        String text = question.text().strip().replaceAll("[ \\t\\r]+", " ");
        Mac mac = mac(secret);
        for (String part :
                new String[] {VERSION, question.caller(), documents, Integer.toString(question.limit()), text}) {
            byte[] bytes = part.getBytes(UTF_8);
            mac.update((bytes.length + ":").getBytes(UTF_8));
            mac.update(bytes);
        }
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
    }

    private static Mac mac(SecretKeySpec secret) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JVM has HMAC-SHA256, which takes any key", e);
        }
    }

    private byte[] bytes(Ranking ranking) {
        try {
            return json.writeValueAsBytes(ranking);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads a kept ranking, which is believed no more than an answer of the worker. */
    private static Optional<Ranking> read(byte[] kept, int limit) {
        try {
            return Optional.of(WorkerAnswer.read(kept, limit));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
