package io.sluice.api.http.filters;

import io.sluice.api.http.headers.AcceptHeader;
import io.sluice.api.http.problems.ProblemException;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Honours a weight of zero in the header {@code Accept}: "not this one".
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.4.2">RFC 9110, section 12.4.2</a>
 */
public class AcceptWeights {

    /** Ends the request if the client refuses each media type that it could be answered with. */
    @ServerRequestFilter
    public void check(ContainerRequestContext request, ResourceInfo resource) {
        String header = request.getHeaderString(AcceptHeader.NAME);
        AcceptHeader accept = AcceptHeader.of(header == null ? List.of() : List.of(header));
        if (accept.refusesAny()) {
            String[] produced = produced(resource);
            if (Arrays.stream(produced).allMatch(type -> accept.weight(type) == 0)) {
                throw ProblemException.notAcceptable(List.of(produced));
            }
        }
    }

    private static String[] produced(ResourceInfo resource) {
        Produces ofMethod = resource.getResourceMethod().getAnnotation(Produces.class);
        return ofMethod != null
                ? ofMethod.value()
                : resource.getResourceClass().getAnnotation(Produces.class).value();
    }
}
