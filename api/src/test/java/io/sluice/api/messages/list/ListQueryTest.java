package io.sluice.api.messages.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import io.sluice.contract.Fingerprint;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListQueryTest {

    private static final Filter ALL = new Filter(null, null, null, null, null);

    @Test
    void withoutParametersItIsTheFirstPageOfEverything() {
        assertThat(parse(null)).isEqualTo(new ListQuery(ALL, Order.DESC, 50, null));
    }

    @Test
    void takesFiltersOrderAndLimit() {
        assertThat(parse("key=order-42&type=order.placed&subject=orders&since=2026-01-02T03:04:05Z"
                        + "&until=2026-01-02T05:04:05%2B01:00&order=asc&limit=500"))
                .isEqualTo(new ListQuery(
                        new Filter(
                                "order-42",
                                "order.placed",
                                "orders",
                                Instant.parse("2026-01-02T03:04:05Z"),
                                Instant.parse("2026-01-02T04:04:05Z")),
                        Order.ASC,
                        500,
                        null));
    }

    @Test
    void whatIsFinerThanAMicrosecondBeginsWithTheNextOne() {
        assertThat(parse("since=2026-01-02T03:04:05.000001001Z").filter().since())
                .isEqualTo("2026-01-02T03:04:05.000002Z");
    }

    @Test
    void namesAllViolationsAtOnce() {
        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> parse("limit=501&key=a%00&sort=asc&subject=a&subject=b&order=up&since=now"));

        assertThat(problem.problem().violations())
                .extracting(Violation::parameter)
                .containsExactlyInAnyOrder("limit", "key", "sort", "subject", "order", "since");
    }

    @Test
    void theNextPageHasTheSameFilterAndLimit() {
        ListQuery query = parse("key=a+b%26c%3D%C3%BC&limit=7&order=asc&until=2026-01-02T03:04:05Z");

        assertThat(query.next("xyz").link("/list"))
                .isEqualTo("</list?cursor=xyz&limit=7&key=a+b%26c%3D%C3%BC"
                        + "&until=2026-01-02T03%3A04%3A05Z&order=asc>; rel=\"next\"");
    }

    private static ListQuery parse(@Nullable String query) {
        return ListQuery.parse(Query.parse(query));
    }

    @Test
    void aCursorOfAnEarlierReleaseHolds() {
        assertThat(parse("key=order-42&subject=orders").filter().fingerprint(Order.DESC))
                .isEqualTo(Fingerprint.of("", "", "order-42", "orders", new byte[0]));
    }

    @Test
    void listsWithOtherFiltersHaveOtherFingerprints() {
        assertThat(Stream.of(
                                "",
                                "key=order-42",
                                "subject=orders",
                                "key=order-42&subject=orders",
                                "key=orders&subject=order-42",
                                "type=orders",
                                "order=asc",
                                "type=asc",
                                "since=2026-01-02T03:04:05Z",
                                "until=2026-01-02T03:04:05Z")
                        .map(ListQueryTest::parse)
                        .map(query -> query.filter().fingerprint(query.order())))
                .doesNotHaveDuplicates();
    }
}
