package io.sluice.api.ratelimit;

import static io.vertx.core.http.HttpHeaders.createOptimized;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.sluice.api.http.pipeline.RequestHandler;
import io.sluice.api.http.pipeline.RequestStage;
import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.contract.Event;
import io.sluice.settings.RateLimitSettings;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what one caller asks for beyond {@code RATE_LIMIT}, before anything is read or done for it. Without keys there are no
 * callers, and no limit.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-10">RateLimit header fields for HTTP</a>
 */
@ApplicationScoped
class RateLimit implements RequestHandler {

    private static final CharSequence POLICY = createOptimized("RateLimit-Policy");
    private static final CharSequence STATE = createOptimized("RateLimit");

    private final int perSecond;
    private final CharSequence policy;
    private final CallerBuckets buckets;

    RateLimit(RateLimitSettings settings) {
        this.perSecond = settings.perSecond();
        this.policy = createOptimized("\"caller\";q=" + perSecond + ";w=" + CallerBuckets.WINDOW.toSeconds());
        this.buckets = new CallerBuckets(Math.max(1, perSecond), TimeMeter.SYSTEM_MILLISECONDS);
    }

    @Override
    public RequestStage stage() {
        return RequestStage.RATE_LIMIT;
    }

    @Override
    public void handle(RoutingContext context) {
        String caller = perSecond > 0 ? caller(context) : null;
        if (caller != null) {
            ConsumptionProbe probe = buckets.take(caller);
            context.response()
                    .putHeader(POLICY, policy)
                    .putHeader(
                            STATE,
                            "\"caller\";r=" + probe.getRemainingTokens() + ";t="
                                    + seconds(probe.getNanosToWaitForReset()));
            if (!probe.isConsumed()) {
                throw ProblemException.of(
                                ProblemCode.TOO_MANY_REQUESTS,
                                "A caller may send at most " + perSecond + " requests a second; send fewer.")
                        .with("Retry-After", Long.toString(Math.max(1, seconds(probe.getNanosToWaitForRefill()))));
            }
        }
        context.next();
    }

    /** The caller of a request; {@code null} where the path is open, because no token is looked at there. */
    private static @Nullable String caller(RoutingContext context) {
        if (!(context.user() instanceof QuarkusHttpUser user)) {
            return null;
        }
        SecurityIdentity identity = user.getSecurityIdentity();
        String name = identity.getPrincipal().getName();
        return identity.isAnonymous() || name.equals(Event.ANONYMOUS) ? null : name;
    }

    private static long seconds(long nanos) {
        return Duration.ofNanos(nanos).plusNanos(999_999_999).toSeconds();
    }
}
