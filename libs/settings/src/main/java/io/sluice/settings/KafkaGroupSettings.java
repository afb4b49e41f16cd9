package io.sluice.settings;

/** Consumer groups. */
public final class KafkaGroupSettings {

    private final String id;

    /** Reads them. */
    public KafkaGroupSettings(Environment environment) {
        id = environment.text(Setting.KAFKA_GROUP_ID);
    }

    /** Id of the group that stores events. */
    public String id() {
        return id;
    }

    /** Id of the group that shows dead letters. */
    public String deadLettersId() {
        return id + "-dead-letters";
    }
}
