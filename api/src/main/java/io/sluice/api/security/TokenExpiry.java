package io.sluice.api.security;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Optional;

/** The end of the validity of a request's token, for answers that last. */
public final class TokenExpiry {

    /** Key of the attribute of an identity. */
    static final String ATTRIBUTE = TokenExpiry.class.getName();

    private TokenExpiry() {}

    /** The time from which on the token is refused, the difference of clocks that is allowed included; empty where no keys are set. */
    public static Optional<Instant> of(RoutingContext request) {
        return request.user() instanceof QuarkusHttpUser user
                ? Optional.ofNullable(user.getSecurityIdentity().<Instant>getAttribute(ATTRIBUTE))
                : Optional.empty();
    }
}
