package io.sluice.api.messages.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.api.database.Sql;
import io.sluice.api.deadletters.StoredDeadLetters;
import io.sluice.api.http.paging.Cursor;
import io.sluice.testkit.SluiceServers;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A page in the middle of a list costs what the first one costs; ADR 26 has the same of 10 million rows. */
@QuarkusTest
@WithTestResource(SluiceServers.class)
class PagePlanTest {

    private static final Instant FIRST = Instant.parse("2001-02-03T00:00:00Z");
    private static final int ROWS = 50_000;
    private static final Pattern BUFFERS = Pattern.compile("Buffers: shared((?: (?:hit|read|dirtied|written)=\\d+)+)");
    private static final Pattern READ = Pattern.compile("(?:hit|read)=(\\d+)");

    private final Sql sql;
    private final StoredDeadLetters database;

    PagePlanTest(Sql sql, StoredDeadLetters database) {
        this.sql = sql;
        this.database = database;
    }

    @BeforeEach
    void store() {
        database.execute(
                """
                insert into messages (id, type, key, caller, time, payload, fingerprint, stored_at)
                select gen_random_uuid(), 'plan', 'plan', 'anonymous', now(), convert_to(repeat('7', 100), 'UTF8'), sha256(''),
                       timestamptz '2001-02-03T00:00:00Z' + i * interval '1 ms'
                  from generate_series(1, ?) i""",
                ROWS);
        database.execute("analyze messages");
    }

    @AfterEach
    void delete() {
        database.execute("delete from messages where type = 'plan'");
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void aPageInTheMiddleReadsNoMoreThanTheFirst(Order order) {
        for (String key : new String[] {null, "plan"}) {
            // When
            String first = plan(key, order, null);
            String middle = plan(key, order, new Cursor(FIRST.plusMillis(ROWS / 2), 0));

            // Then
            assertThat(middle).contains("Index Cond: ").doesNotContain("Seq Scan on messages");
            assertThat(buffers(middle)).as(middle).isLessThan(2 * buffers(first) + 20);
            assertThat(buffers(middle)).as(middle).isLessThan(500);
        }
    }

    private String plan(@Nullable String key, Order order, @Nullable Cursor after) {
        Filter filter = new Filter(key, null, null, FIRST, FIRST.plusSeconds(60));
        PageStatement statement = new PageStatement(filter, order, "anonymous", after, 100, 1 << 20);
        return sql.query("explain (analyze, buffers) " + statement.sql(), statement.parameters(), rows -> {
            StringBuilder lines = new StringBuilder();
            while (rows.next()) {
                lines.append(rows.getString(1)).append('\n');
            }
            return lines.toString();
        });
    }

    /** Those of the whole statement, which stand first. */
    private static long buffers(String plan) {
        Matcher all = BUFFERS.matcher(plan);
        assertThat(all.find()).as(plan).isTrue();
        return READ.matcher(all.group(1))
                .results()
                .mapToLong(part -> Long.parseLong(part.group(1)))
                .sum();
    }
}
