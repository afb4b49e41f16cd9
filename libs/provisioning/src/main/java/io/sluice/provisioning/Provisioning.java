package io.sluice.provisioning;

import io.sluice.provisioning.Step.Kind;
import io.sluice.settings.Feature;
import java.time.Duration;

/**
 * Creates the topics and the database schema that the programs need, and corrects differences. Idempotent, and safe to
 * run concurrently.
 */
public final class Provisioning {

    /** Default time to wait for Kafka and PostgreSQL together. */
    public static final Duration DEFAULT_WAIT = Duration.ofMinutes(2);

    private final ProvisioningSettings settings;
    private final Duration waitAtMost;

    /**
     * Provisions by the settings.
     *
     * @param waitAtMost how long to wait for Kafka and PostgreSQL together; each is tried at least once
     */
    public Provisioning(ProvisioningSettings settings, Duration waitAtMost) {
        this.settings = settings;
        this.waitAtMost = waitAtMost;
    }

    /**
     * Provisions, or in a dry run only plans. Waits for both Kafka and PostgreSQL before it changes either; without messages there is
     * no Kafka.
     *
     * @param plan gets each step as it is done
     * @throws ProvisioningException if provisioning fails; completed steps stay, and need not be repeated
     */
    public void run(Plan plan) {
        Retry retry = new Retry(waitAtMost);
        Schema schema = new Schema(settings.databaseUrl(), retry);
        if (settings.features().isEnabled(Feature.MESSAGES)) {
            try (KafkaConnection kafka = KafkaConnection.open(settings.kafka(), retry)) {
                schema.awaitDatabase();
                new Topics(settings, new KafkaAdmin(kafka)).provision(plan);
            }
        } else {
            plan.note(new Step(Kind.UNCHANGED, "topics", "none, because FEATURES has no messages"));
            schema.awaitDatabase();
        }
        schema.provision(plan);
    }
}
