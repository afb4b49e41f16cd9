package io.sluice.api.images;

import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.Violation;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.images.ImageObject.BoxFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a list of objects.
 *
 * @param after number of the object behind which the page begins; 0 for the first page
 * @param limit how many at most, 1 to {@value #MAX_LIMIT}
 */
record ImageObjectQuery(BoxFormat format, int after, int limit) {

    static final int MAX_LIMIT = 1_000;

    private static final String BBOX_FORMAT = "bbox_format";

    private static final List<String> FORMATS =
            Stream.of(BoxFormat.values()).map(BoxFormat::toString).toList();

    /** Reads the parameters of a list. */
    static ImageObjectQuery parse(Query query, Violations violations) {
        query.check(List.of(BBOX_FORMAT, "after", "limit"), violations);
        return new ImageObjectQuery(
                format(query, violations),
                after(query.get("after"), violations),
                query.limit(MAX_LIMIT, MAX_LIMIT, violations));
    }

    /** Reads the parameters of one object. */
    static BoxFormat parseFormat(Query query, Violations violations) {
        query.check(List.of(BBOX_FORMAT), violations);
        return format(query, violations);
    }

    private static BoxFormat format(Query query, Violations violations) {
        String format = query.get(BBOX_FORMAT);
        if (format == null) {
            return BoxFormat.XYWH;
        }
        if (!FORMATS.contains(format)) {
            violations.add(Violation.inQuery(BBOX_FORMAT, "must be one of " + String.join(", ", FORMATS)));
            return BoxFormat.XYWH;
        }
        return BoxFormat.valueOf(format.toUpperCase(Locale.ROOT));
    }

    private static int after(@Nullable String text, Violations violations) {
        if (text == null) {
            return 0;
        }
        if (!text.matches("[1-9]\\d{0,8}")) {
            violations.add(Violation.inQuery("after", "must be the id of an object, a whole number from 1 on"));
            return 0;
        }
        return Integer.parseInt(text);
    }
}
