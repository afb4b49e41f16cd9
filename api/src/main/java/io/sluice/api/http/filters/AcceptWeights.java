package io.sluice.api.http.filters;

import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.request.HeaderList;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Honours a weight of zero in the header {@code Accept}: "not this one". The framework compares media types alone.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.4.2">RFC 9110, section 12.4.2</a>
 */
public class AcceptWeights {

    private static final Pattern RANGE = Pattern.compile("([^/;\\s]+/[^/;\\s]+)\\s*(;.*)?");
    private static final Pattern ZERO =
            Pattern.compile(".*;\\s*q\\s*=\\s*0(\\.0{0,3})?\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    /** Ends the request if the client refuses each media type that it could be answered with. */
    @ServerRequestFilter
    public void check(ContainerRequestContext request, ResourceInfo resource) {
        String accept = request.getHeaderString(HttpHeaders.ACCEPT);
        List<String> ranges = accept == null ? List.of() : HeaderList.elements(List.of(accept));
        if (ranges.stream().anyMatch(range -> ZERO.matcher(range).matches())) {
            requireOne(produced(resource), ranges);
        }
    }

    private static String[] produced(ResourceInfo resource) {
        Produces ofMethod = resource.getResourceMethod().getAnnotation(Produces.class);
        return ofMethod != null
                ? ofMethod.value()
                : resource.getResourceClass().getAnnotation(Produces.class).value();
    }

    private static void requireOne(String[] produced, List<String> ranges) {
        for (String type : produced) {
            if (accepts(type, ranges)) {
                return;
            }
        }
        throw ProblemException.notAcceptable(List.of(produced));
    }

    /** The most specific range decides. */
    private static boolean accepts(String type, List<String> ranges) {
        for (String wanted : List.of(type, type.substring(0, type.indexOf('/')) + "/*", "*/*")) {
            List<String> matching =
                    ranges.stream().filter(range -> isOf(range, wanted)).toList();
            if (!matching.isEmpty()) {
                return matching.stream().anyMatch(range -> !ZERO.matcher(range).matches());
            }
        }
        return false;
    }

    private static boolean isOf(String range, String wanted) {
        Matcher matcher = RANGE.matcher(range);
        return matcher.matches() && matcher.group(1).equalsIgnoreCase(wanted);
    }
}
