package io.sluice.api.messages.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BulkTallyTest {

    private final ProblemException problem = ProblemException.of(ProblemCode.INVALID_REQUEST, "It is none.");
    private final BulkTally tally = new BulkTally();

    @Test
    void theFirstRefusalsAreKeptInWhateverOrderTheyCome() {
        // Given: conflicts are known after the lines behind them were read
        LongStream.rangeClosed(101, 30_000).forEach(position -> tally.refuse(position, problem));

        // When
        tally.refuse(7, problem);
        tally.refuse(3, problem);

        // Then
        BulkResult result = tally.result(0, 30_000);
        assertThat(result.refused()).isEqualTo(29_902);
        assertThat(result.refusals())
                .extracting(BulkResult.Rejection::position)
                .containsExactlyElementsOf(LongStream.concat(LongStream.of(3, 7), LongStream.rangeClosed(101, 198))
                        .boxed()
                        .toList());
    }
}
