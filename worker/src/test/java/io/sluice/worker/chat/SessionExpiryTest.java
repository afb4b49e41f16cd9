package io.sluice.worker.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sluice.settings.Environment;
import io.sluice.settings.RetentionSettings;
import io.sluice.testkit.SluiceServers;
import io.sluice.worker.AllFeatures;
import io.sluice.worker.Rows;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SluiceServers.class)
@TestProfile(AllFeatures.class)
class SessionExpiryTest {

    private final AgroalDataSource pool;
    private final Rows rows;

    SessionExpiryTest(AgroalDataSource pool) {
        this.pool = pool;
        this.rows = new Rows(pool);
    }

    private UUID store(String lastUsed) throws Exception {
        UUID id = UUID.randomUUID();
        rows.execute(
                """
                with session as (
                    insert into chat_sessions (id, owner, title, turns, created_at, updated_at)
                    values ('%1$s', 'alice', 'Doses?', 1, now() - interval '1 year', now() - interval '%2$s') returning id)
                insert into chat_turns (session_id, number, question, answer, found, mode, sources, created_at)
                select id, 1, 'Doses?', 'None.', false, 'extractive', 0, now() from session"""
                        .formatted(id, lastUsed));
        return id;
    }

    @Test
    void whatNobodyHasAskedInForTheRetentionIsDeletedWithItsTurns() throws Exception {
        // Given: more than one batch
        rows.execute("delete from chat_sessions");
        for (int i = 0; i < 201; i++) {
            store("8 days");
        }
        UUID kept = store("6 days");

        // When
        new SessionExpiry(pool, Environment.read(Map.of("RETENTION_DAYS", "7")::get, RetentionSettings::new)).run();

        // Then
        assertThat(rows.texts("select id::text from chat_sessions")).containsExactly(kept.toString());
        assertThat(rows.texts("select session_id::text from chat_turns")).containsExactly(kept.toString());
    }
}
