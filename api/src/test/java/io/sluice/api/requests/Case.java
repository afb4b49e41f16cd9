package io.sluice.api.requests;

import io.sluice.api.http.problems.ProblemCode;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table: a request and what it is answered with.
 *
 * @param status the status, or {@link #NO_ANSWER}
 * @param problem the problem, or {@code null} where there is no document
 * @param places where the violations are, all of them, in their order
 * @param remedies what the document tells, among other things
 * @param headers headers of the answer, as {@code Name: value}
 * @param afterwards what the connection is good for then
 */
record Case(
        Request request,
        int status,
        @Nullable ProblemCode problem,
        List<String> places,
        List<String> remedies,
        List<String> headers,
        Afterwards afterwards) {

    static final int NO_ANSWER = 0;

    enum Afterwards {
        USABLE,
        CLOSED,
        /** The client owes the rest of a body; what it sends next is taken for that. */
        UNFINISHED
    }

    /** And another violation. */
    Case and(String place, String remedy) {
        return new Case(request, status, problem, plus(places, place), plus(remedies, remedy), headers, afterwards);
    }

    /** And tells this as well. */
    Case andTells(String remedy) {
        return new Case(request, status, problem, places, plus(remedies, remedy), headers, afterwards);
    }

    /** And this header. */
    Case and(String header) {
        return new Case(request, status, problem, places, remedies, plus(headers, header), afterwards);
    }

    /** And the connection is closed. */
    Case andIsClosed() {
        return new Case(request, status, problem, places, remedies, headers, Afterwards.CLOSED);
    }

    /** And the body is still waited for, to be dropped. */
    Case andIsUnfinished() {
        return new Case(request, status, problem, places, remedies, headers, Afterwards.UNFINISHED);
    }

    private static List<String> plus(List<String> some, String one) {
        return Stream.concat(some.stream(), Stream.of(one)).toList();
    }

    @Override
    public String toString() {
        return request + " -> " + (status == NO_ANSWER ? "no answer" : status);
    }
}
