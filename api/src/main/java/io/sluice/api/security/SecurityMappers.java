package io.sluice.api.security;

import io.quarkus.security.ForbiddenException;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.sluice.api.http.problems.ProblemMappers;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes problem documents of what a resource's annotations refuse. */
public class SecurityMappers {

    private final ProblemMappers problems;
    private final SecurityIdentity caller;

    /** The caller is that of the request that is under way. */
    SecurityMappers(ProblemMappers problems, SecurityIdentity caller) {
        this.problems = problems;
        this.caller = caller;
    }

    /** There is no token. */
    @ServerExceptionMapper
    public Response unauthorized(UnauthorizedException e, RoutingContext context) {
        return problems.problem(TokenProblems.noToken(), context);
    }

    /** There is one, and it does not allow this. */
    @ServerExceptionMapper
    public Response forbidden(ForbiddenException e, RoutingContext context, ResourceInfo resource) {
        return problems.problem(
                TokenProblems.insufficientScope(caller.getAttribute(TokenVerifier.LACK), scope(resource)), context);
    }

    private static String scope(ResourceInfo resource) {
        return Stream.of(resource.getResourceMethod(), resource.getResourceClass())
                .map(annotated -> annotated.getAnnotation(PermissionsAllowed.class))
                .filter(Objects::nonNull)
                .flatMap(allowed -> Stream.of(allowed.value()))
                .findFirst()
                .orElseThrow();
    }
}
