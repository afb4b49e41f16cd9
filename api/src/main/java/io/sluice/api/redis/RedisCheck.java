package io.sluice.api.redis;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.Wellness;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Redis in {@code /health}. It is well without it, and says so: all that Redis does is done without it, a little slower. */
@Wellness
@ApplicationScoped
class RedisCheck implements AsyncHealthCheck {

    private final RedisCalls redis;

    RedisCheck(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(() -> HealthCheckResponse.named("redis")
                .up()
                .withData("detail", redis.state())
                .build());
    }
}
