package io.sluice.api.tasks;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Task that was made for an {@code Idempotency-Key}. */
@Entity
@Table(name = "task_creations")
class TaskCreation extends PanacheEntityBase {

    private static final String CLAIM =
            """
            insert into task_creations (key, task_id, fingerprint, created_at)
            values (:key, :taskId, :fingerprint, :createdAt)
            on conflict (key) do nothing""";

    @Id
    private UUID key;

    @Column(name = "task_id")
    private UUID taskId;

    private byte[] fingerprint;

    @Column(name = "created_at")
    private Instant createdAt;

    /** Made by Hibernate, which fills it. */
    @SuppressWarnings("NullAway.Init")
    protected TaskCreation() {}

    /**
     * Notes that this task is made for the key; waits for others that are about to make one for it.
     *
     * @return false if another was made for it, which can be found then
     */
    static boolean claim(UUID key, UUID taskId, byte[] fingerprint, Instant createdAt) {
        return Panache.getSession()
                        .createNativeMutationQuery(CLAIM)
                        .setParameter("key", key)
                        .setParameter("taskId", taskId)
                        .setParameter("fingerprint", fingerprint)
                        .setParameter("createdAt", createdAt)
                        .executeUpdate()
                == 1;
    }

    UUID taskId() {
        return taskId;
    }

    byte[] fingerprint() {
        return fingerprint.clone();
    }

    Instant createdAt() {
        return createdAt;
    }
}
