package io.sluice.api.security;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.sluice.api.http.endpoints.Endpoint;
import io.sluice.api.http.endpoints.Endpoints;
import io.sluice.contract.Event;
import io.sluice.runtime.logs.LogLine;
import io.sluice.settings.AuthSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.MDC;

/**
 * Authenticates the caller of a request by its bearer token. Every resource takes one, unless it says {@code @PermitAll}; all else is
 * open, and a token there is not looked at.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750">RFC 6750, Bearer Token Usage</a>
 */
@ApplicationScoped
class BearerTokens implements HttpAuthenticationMechanism {

    private static final Logger LOG = Logger.getLogger(BearerTokens.class.getName());

    private static final String SCHEME = "Bearer ";

    private static final SecurityIdentity EVERYBODY = QuarkusSecurityIdentity.builder()
            .setPrincipal(new QuarkusPrincipal(Event.ANONYMOUS))
            .addPermissionChecker(permission -> Uni.createFrom().item(true))
            .build();

    private final TokenVerifier verifier;
    private final Endpoints endpoints;
    private final boolean open;

    BearerTokens(TokenVerifier verifier, Endpoints endpoints, AuthSettings settings) {
        this.endpoints = endpoints;
        this.verifier = verifier;
        this.open = settings.open();
    }

    void logIfOpen(@Observes StartupEvent event) {
        if (open) {
            LogLine.of("open-to-everybody")
                    .with("reason", "neither AUTH_SECRET nor AUTH_JWKS_URL is set")
                    .write(LOG, Level.WARN);
        }
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager unused) {
        if (!endpoints.find(context).map(Endpoint::takesToken).orElse(false)) {
            return Uni.createFrom().nullItem();
        }
        if (open) {
            return Uni.createFrom().item(EVERYBODY);
        }
        List<String> credentials = context.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        if (credentials.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        if (credentials.size() > 1) {
            return Uni.createFrom().failure(TokenProblems.invalidToken("The header Authorization must be sent once."));
        }
        String credential = credentials.get(0);
        return credential.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? verifier.verify(credential.substring(SCHEME.length()).strip())
                        .invoke(identity ->
                                MDC.put(LogLine.CALLER, identity.getPrincipal().getName()))
                : Uni.createFrom().nullItem();
    }

    /** Never asked for: whoever refuses a request does so with a problem document, and has the challenge in it. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", TokenProblems.CHALLENGE));
    }
}
