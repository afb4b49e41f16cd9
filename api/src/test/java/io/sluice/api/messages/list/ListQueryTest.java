package io.sluice.api.messages.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.api.http.paging.Query;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violation;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListQueryTest {

    @Test
    void withoutParametersItIsTheFirstPageOfEverything() {
        assertThat(parse(null)).isEqualTo(new ListQuery(new Filter(null, null), 50, null));
    }

    @Test
    void takesFiltersAndLimit() {
        assertThat(parse("key=order-42&subject=orders&limit=500"))
                .isEqualTo(new ListQuery(new Filter("order-42", "orders"), 500, null));
    }

    @Test
    void namesAllViolationsAtOnce() {
        ProblemException problem = catchThrowableOfType(
                ProblemException.class, () -> parse("limit=501&key=a%00&sort=asc&subject=a&subject=b"));

        assertThat(problem.problem().violations())
                .extracting(Violation::parameter)
                .containsExactlyInAnyOrder("limit", "key", "sort", "subject");
    }

    @Test
    void theNextPageHasTheSameFilterAndLimit() {
        ListQuery query = parse("key=a+b%26c%3D%C3%BC&limit=7");

        assertThat(query.next("xyz").link("/list"))
                .isEqualTo("</list?cursor=xyz&limit=7&key=a+b%26c%3D%C3%BC>; rel=\"next\"");
    }

    private static ListQuery parse(@Nullable String query) {
        return ListQuery.parse(Query.parse(query));
    }

    @Test
    void listsWithOtherFiltersHaveOtherFingerprints() {
        assertThat(Stream.of(
                                "",
                                "key=order-42",
                                "subject=orders",
                                "key=order-42&subject=orders",
                                "key=orders&subject=order-42")
                        .map(query -> parse(query).filter().fingerprint()))
                .doesNotHaveDuplicates();
    }
}
