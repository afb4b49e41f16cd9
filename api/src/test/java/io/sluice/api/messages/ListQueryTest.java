package io.sluice.api.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.api.http.ProblemException;
import io.sluice.api.http.Violation;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.junit.jupiter.api.Test;

class ListQueryTest {

    @Test
    void withoutParametersItIsTheFirstPageOfEverything() {
        assertThat(ListQuery.parse(query())).isEqualTo(new ListQuery(new Filter(null, null), 50, null));
    }

    @Test
    void takesFiltersAndLimit() {
        assertThat(ListQuery.parse(query("key", "order-42", "subject", "orders", "limit", "500")))
                .isEqualTo(new ListQuery(new Filter("order-42", "orders"), 500, null));
    }

    @Test
    void namesAllViolationsAtOnce() {
        MultivaluedMap<String, String> query = query("limit", "501", "key", "a\u0000", "sort", "asc", "subject", "a");
        query.add("subject", "b");

        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> ListQuery.parse(query));

        assertThat(problem.problem().violations())
                .extracting(Violation::parameter)
                .containsExactlyInAnyOrder("limit", "key", "sort", "subject");
    }

    @Test
    void theNextPageHasTheSameFilterAndLimit() {
        ListQuery query = ListQuery.parse(query("key", "a b&c=ü", "limit", "7"));

        assertThat(query.next("xyz")).isEqualTo("cursor=xyz&limit=7&key=a+b%26c%3D%C3%BC");
    }

    private static MultivaluedMap<String, String> query(String... namesAndValues) {
        MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            query.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return query;
    }
}
