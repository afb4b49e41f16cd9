package io.sluice.api.http.headers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptHeaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                  | false",
                "*/*                                                 | false",
                "application/*                                       | false",
                "application/json, application/x-ndjson              | false",
                "application/json;q=x, application/x-ndjson;q=0.9    | false",
                "text/html, , */*;q=0.1                              | false",
                "application/x-ndjson                                | true",
                "APPLICATION/X-NDJSON; q=0.1                         | true",
                "application/json;q=0.5, application/x-ndjson        | true",
                "application/json;q=0, */*                           | true",
                "*/*;q=0.1, application/x-ndjson;q=0.2               | true",
            })
    void theGreaterWeightOfTheMostSpecificRangeDecides(String header, boolean lines) {
        assertThat(AcceptHeader.of(List.of(header)).prefers("application/x-ndjson", "application/json"))
                .isEqualTo(lines);
    }
}
