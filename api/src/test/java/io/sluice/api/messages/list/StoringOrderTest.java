package io.sluice.api.messages.list;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.api.messages.Rows;
import io.sluice.contract.Event;
import io.sluice.testkit.Events;
import io.sluice.testkit.SluiceServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Transactions that commit in another order than they store in, and a reader between. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class StoringOrderTest {

    private final String subject = "order-" + UUID.randomUUID();
    private final AgroalDataSource database;
    private final Event early = Events.with().subject(subject).build();
    private final Event late = Events.with().subject(subject).build();

    StoringOrderTest(AgroalDataSource database) {
        this.database = database;
    }

    @Test
    void whatIsStoredByAnOlderTransactionNeverStandsBeforeWhatWasRead() throws SQLException {
        try (Connection first = begin();
                Connection second = begin()) {
            // Given: the later one commits first
            Rows.store(first, early);
            Rows.store(second, late);
            second.commit();

            // When
            Response between = list("&order=asc");
            Response newest = list("");
            first.commit();
            Response behind = after(between);

            // Then: newest first there is the later one already, and the earlier one will stand behind it
            assertThat(ids(newest)).containsExactly(late.id().toString());
            assertThat(ids(between)).isEmpty();
            between.then().body("next", nullValue());
            assertThat(ids(behind))
                    .containsExactly(early.id().toString(), late.id().toString());
            assertThat(ids(after(behind))).isEmpty();
        }
    }

    @Test
    void aTransactionThatBeganBeforeAReadAndStoresAfterItIsReadNext() throws SQLException {
        try (Connection slow = begin()) {
            // Given
            try (Statement statement = slow.createStatement()) {
                statement.execute("select transaction_timestamp()");
            }
            try (Connection fast = begin()) {
                Rows.store(fast, early);
                fast.commit();
            }

            // When
            Response before = list("&order=asc");
            Rows.store(slow, late);
            Response between = after(before);
            slow.commit();
            Response behind = after(between);

            // Then
            assertThat(ids(before)).containsExactly(early.id().toString());
            assertThat(ids(between)).isEmpty();
            assertThat(ids(behind)).containsExactly(late.id().toString());
        }
    }

    @Test
    void aTransactionThatRollsBackHoldsUpNobody() throws SQLException {
        try (Connection other = begin()) {
            Rows.store(other, early);
            other.rollback();
        }
        try (Connection transaction = begin()) {
            Rows.store(transaction, late);
            transaction.commit();
        }

        assertThat(ids(list("&order=asc"))).containsExactly(late.id().toString());
    }

    @Test
    void anOpenTransactionDoesNotHoldUpWhatWasStoredBeforeIt() throws SQLException {
        try (Connection transaction = begin()) {
            Rows.store(transaction, early);
            transaction.commit();
        }
        Instant before = Instant.now();
        try (Connection open = begin()) {
            Rows.store(open, late);

            assertThat(ids(list("&order=asc&until=" + before)))
                    .containsExactly(early.id().toString());
            assertThat(ids(list("&order=asc"))).containsExactly(early.id().toString());
        }
    }

    private Connection begin() throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private Response list(String more) {
        return given().get("/api/v1/messages?subject=" + subject + more);
    }

    private Response after(Response page) {
        return list("&order=asc&cursor=" + page.path("position"));
    }

    private static List<String> ids(Response page) {
        return page.then().statusCode(200).extract().path("items.id");
    }
}
