package io.sluice.api.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Event;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerPlacesTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 2", "4, 2", "8, 4"})
    void oneCallerHasHalfOfThemAtMost(int most, int share) {
        CallerPlaces places = new CallerPlaces(most);

        for (int i = 0; i < share; i++) {
            assertThat(places.take("alice")).isTrue();
        }
        assertThat(places.take("alice")).isFalse();
    }

    /** Of eight: four, two, one, one. */
    @Test
    void eachFurtherCallerHasHalfOfWhatIsLeft() {
        CallerPlaces places = new CallerPlaces(8);

        assertThat(Stream.of("alice", "bob", "carol", "dave", "erin").map(caller -> takeAll(places, caller)))
                .containsExactly(4, 2, 1, 1, 0);

        // When
        places.leave("alice");

        // Then
        assertThat(places.take("bob")).isFalse();
        assertThat(places.take("erin")).isTrue();
    }

    private static int takeAll(CallerPlaces places, String caller) {
        int taken = 0;
        while (places.take(caller)) {
            taken++;
        }
        return taken;
    }

    @Test
    void allTogetherHaveNoMoreThanThereAre() {
        CallerPlaces places = new CallerPlaces(3);

        assertThat(places.take("alice")).isTrue();
        assertThat(places.take("alice")).isTrue();
        assertThat(places.take("bob")).isTrue();
        assertThat(places.take("carol")).isFalse();
    }

    @Test
    void aPlaceThatIsLeftIsFreeForTheCallerAndForOthers() {
        CallerPlaces places = new CallerPlaces(2);
        assertThat(places.take("alice")).isTrue();
        assertThat(places.take("bob")).isTrue();

        places.leave("alice");

        assertThat(places.take("bob")).isFalse();
        assertThat(places.take("alice")).isTrue();
    }

    @Test
    void whereThereAreNoCallersThereAreNoShares() {
        CallerPlaces places = new CallerPlaces(2);

        assertThat(places.take(Event.ANONYMOUS)).isTrue();
        assertThat(places.take(Event.ANONYMOUS)).isTrue();
        assertThat(places.take(Event.ANONYMOUS)).isFalse();
    }
}
