package io.sluice.provisioning;

import io.sluice.settings.Settings;
import java.time.Duration;

/**
 * Makes the topics and the database schema that the programs need, and corrects what differs. May be done again at any time,
 * by several at once too: what is as it has to be is not touched.
 */
public final class Provisioning {

    /** How long to wait for Kafka and PostgreSQL together where nothing else is asked for. */
    public static final Duration DEFAULT_WAIT = Duration.ofMinutes(2);

    private final Settings settings;
    private final Duration waitAtMost;

    /**
     * Provisions by the settings.
     *
     * @param waitAtMost for how long Kafka and PostgreSQL together may be away; each is tried once in any case
     */
    public Provisioning(Settings settings, Duration waitAtMost) {
        this.settings = settings;
        this.waitAtMost = waitAtMost;
    }

    /**
     * Carries out what is to be done, or under a dry run only finds it out. Waits for both Kafka and PostgreSQL before it
     * changes either.
     *
     * @param plan gets each step as it is done
     * @throws ProvisioningException if it has to give up; what is done until then stays, and need not be done again
     */
    public void run(Plan plan) {
        Retry retry = new Retry(waitAtMost);
        try (KafkaConnection kafka = KafkaConnection.open(settings, retry)) {
            Schema schema = new Schema(settings.databaseUrl(), retry);
            schema.awaitDatabase();
            new Topics(settings, new KafkaAdmin(kafka)).provision(plan);
            schema.provision(plan);
        }
    }
}
