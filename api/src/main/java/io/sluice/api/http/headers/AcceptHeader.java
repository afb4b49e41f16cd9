package io.sluice.api.http.headers;

import io.sluice.api.http.request.HeaderList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The header {@code Accept}, for paths that answer in two media types.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110, section 12.5.1</a>
 */
public final class AcceptHeader {

    /** Name of the header. */
    public static final String NAME = "Accept";

    private static final Pattern RANGE = Pattern.compile("([^/;\\s]+/[^/;\\s]+)\\s*(;.*)?");
    private static final Pattern WEIGHT =
            Pattern.compile(".*;\\s*q\\s*=\\s*([01](?:\\.\\d{0,3})?)\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    private AcceptHeader() {}

    /** True if the client would rather have this media type than that one, which it gets where it does not care. */
    public static boolean prefers(List<String> headers, String type, String over) {
        List<String> ranges = HeaderList.elements(headers);
        return weight(type, ranges) > weight(over, ranges);
    }

    /** The most specific range decides. */
    private static double weight(String type, List<String> ranges) {
        String any = type.substring(0, type.indexOf('/')) + "/*";
        return weightOf(type, ranges)
                .or(() -> weightOf(any, ranges))
                .or(() -> weightOf("*/*", ranges))
                .orElse(0.0);
    }

    private static Optional<Double> weightOf(String wanted, List<String> ranges) {
        return ranges.stream()
                .map(RANGE::matcher)
                .filter(range -> range.matches() && range.group(1).equalsIgnoreCase(wanted))
                .map(range -> WEIGHT.matcher(range.group()))
                .map(weight -> weight.matches() ? Double.parseDouble(weight.group(1)) : 1.0)
                .max(Double::compare);
    }
}
