package io.sluice.api.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private final MemoryBudget budget = new MemoryBudget(100);
    private final List<Holder> gaveWay = new ArrayList<>();

    private final class Holder implements MemoryBudget.Holder {

        private long bytes;

        boolean take(int more) {
            bytes += more;
            return budget.take(this, more);
        }

        @Override
        public void giveWay() {
            gaveWay.add(this);
            budget.release(bytes);
        }
    }

    private Holder begun() {
        Holder holder = new Holder();
        budget.begin(holder);
        return holder;
    }

    @Test
    void theOldestGiveWayAndNoMoreThanHaveTo() {
        // Given
        Holder oldest = begun();
        Holder second = begun();
        Holder youngest = begun();
        assertThat(youngest.take(30)).isTrue();
        assertThat(second.take(30)).isTrue();
        assertThat(oldest.take(40)).isTrue();
        assertThat(gaveWay).isEmpty();

        // When
        boolean some = new Holder().take(41);

        // Then
        assertThat(some).isTrue();
        assertThat(gaveWay).containsExactly(oldest, second);
        assertThat(budget.finish(second)).isFalse();
        assertThat(budget.finish(youngest)).isTrue();
    }

    @Test
    void theOldestHasNoRoomWhereItWouldHaveToGiveWayItself() {
        // Given
        Holder oldest = begun();
        assertThat(begun().take(60)).isTrue();

        // When // Then
        assertThat(oldest.take(41)).isFalse();
        assertThat(gaveWay).isEmpty();
    }

    @Test
    void whatIsFinishedStays() {
        // Given
        Holder whole = begun();
        assertThat(whole.take(100)).isTrue();
        assertThat(budget.finish(whole)).isTrue();

        // When
        Holder late = new Holder();
        boolean room = late.take(1);

        // Then
        assertThat(room).isFalse();
        assertThat(gaveWay).isEmpty();
        budget.release(1);
        budget.release(100);
        assertThat(new Holder().take(100)).isTrue();
    }
}
