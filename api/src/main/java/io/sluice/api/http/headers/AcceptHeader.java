package io.sluice.api.http.headers;

import io.sluice.api.http.request.HeaderList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code Accept}, of which the framework compares the media types alone, and no weights.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110, section 12.5.1</a>
 */
public final class AcceptHeader {

    /** Name of the header. */
    public static final String NAME = "Accept";

    private static final Pattern RANGE = Pattern.compile("([^/;\\s]+/[^/;\\s]+)\\s*(;.*)?");
    private static final Pattern WEIGHT =
            Pattern.compile(".*;\\s*q\\s*=\\s*([01](?:\\.\\d{0,3})?)\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    private final List<Range> ranges;

    private AcceptHeader(List<Range> ranges) {
        this.ranges = ranges;
    }

    private record Range(String type, double weight) {}

    /** Reads it from all lines of the header; what is no media type is passed over. */
    public static AcceptHeader of(List<String> lines) {
        return new AcceptHeader(HeaderList.elements(lines).stream()
                .map(RANGE::matcher)
                .filter(Matcher::matches)
                .map(range -> new Range(range.group(1), weightOf(range.group())))
                .toList());
    }

    private static double weightOf(String range) {
        Matcher weight = WEIGHT.matcher(range);
        return weight.matches() ? Double.parseDouble(weight.group(1)) : 1;
    }

    /** True if the client would rather have this media type than that one, which it gets where it does not care. */
    public boolean prefers(String type, String over) {
        return weight(type) > weight(over);
    }

    /** True if a weight of zero says of any media types "not this one". */
    public boolean refusesAny() {
        return ranges.stream().anyMatch(range -> range.weight() == 0);
    }

    /** The weight of a media type, from 0, which refuses it, to 1. The most specific range decides. */
    public double weight(String type) {
        String any = type.substring(0, type.indexOf('/')) + "/*";
        return of(type).or(() -> of(any)).or(() -> of("*/*")).orElse(0.0);
    }

    private Optional<Double> of(String wanted) {
        return ranges.stream()
                .filter(range -> range.type().equalsIgnoreCase(wanted))
                .map(Range::weight)
                .max(Double::compare);
    }
}
