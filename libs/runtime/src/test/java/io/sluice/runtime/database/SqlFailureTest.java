package io.sluice.runtime.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFailureTest {

    @ParameterizedTest
    @ValueSource(strings = {"22021", "22P05", "23502", "23514", "54000", "54001"})
    void whatCanBeAnEventsFaultIsPermanent(String state) {
        assertThat(SqlFailure.of(new SQLException("", state))).isEqualTo(SqlFailure.PERMANENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40P01", "40001"})
    void anotherTransactionIsInTheWay(String state) {
        assertThat(SqlFailure.of(new SQLException("", state))).isEqualTo(SqlFailure.CONFLICT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "25006", "28P01", "3D000", "42P01", "42501", "42703", "53100", "53300", "55P03", "57P01",
                "57P02", "58030", "XX000", "0A000", "", "2"
            })
    void allElseIsTransient(String state) {
        assertThat(SqlFailure.of(new SQLException("", state))).isEqualTo(SqlFailure.TRANSIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"57014", "53200", "53400", "P0001", "P0002", "P0004"})
    void whatCanBeTheSizeOrSomethingAmongItIsInDoubt(String state) {
        assertThat(SqlFailure.of(new SQLException("", state))).isEqualTo(SqlFailure.IN_DOUBT);
    }

    @Test
    void whatIsInDoubtAndPermanentIsInDoubt() {
        // Given
        SQLException failure = new SQLException("", "P0001", new SQLException("", "23514"));

        // Then
        assertThat(SqlFailure.of(failure)).isEqualTo(SqlFailure.IN_DOUBT);

        // When
        failure.setNextException(new SQLException("", "40001"));

        // Then
        assertThat(SqlFailure.of(failure)).isEqualTo(SqlFailure.TRANSIENT);
    }

    @Test
    void whatIsNoFailureOfTheDatabaseIsTransient() {
        assertThat(SqlFailure.of(new IllegalStateException())).isEqualTo(SqlFailure.TRANSIENT);
        assertThat(SqlFailure.of(new SQLException("acquisition timeout"))).isEqualTo(SqlFailure.TRANSIENT);
    }

    @Test
    void permanentIsOnlyWhatIsPermanentInItsWholeChain() {
        // Given
        BatchUpdateException batch = new BatchUpdateException("", "23514", null);
        SQLException wrapped = new SQLException("", "22000", new IOException(batch));

        // Then
        assertThat(SqlFailure.of(wrapped)).isEqualTo(SqlFailure.PERMANENT);

        // When
        batch.setNextException(new SQLException("", "08006"));

        // Then
        assertThat(SqlFailure.of(wrapped)).isEqualTo(SqlFailure.TRANSIENT);
    }

    @Test
    void aChainThatBitesItsTailEnds() {
        // Given
        SQLException first = new SQLException("", "23514");
        SQLException second = new SQLException("", "23514", first);
        first.setNextException(second);

        // Then
        assertThat(SqlFailure.of(first)).isEqualTo(SqlFailure.PERMANENT);
    }
}
