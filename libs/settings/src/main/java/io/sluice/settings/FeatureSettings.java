package io.sluice.settings;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Features that are enabled. */
public final class FeatureSettings {

    private final Set<Feature> enabled;

    /** Reads them. */
    public FeatureSettings(Environment environment) {
        Set<String> names = Arrays.stream(environment.text(Setting.FEATURES).split(","))
                .map(String::strip)
                .collect(Collectors.toSet());
        enabled = Stream.of(Feature.values())
                .filter(feature -> names.contains(feature.toString()) || names.contains(Check.AllOrSomeOf.ALL))
                .collect(Collectors.toUnmodifiableSet());
        if (isEnabled(Feature.DEAD_LETTERS) && !isEnabled(Feature.MESSAGES)) {
            environment.conflict(
                    "FEATURES has dead-letters, which are those of messages; add messages, or leave dead-letters out");
        }
        if (isEnabled(Feature.CHAT) && !isEnabled(Feature.DOCUMENTS)) {
            environment.conflict("FEATURES has chat, which answers from documents; add documents, or leave chat out");
        }
    }

    /** Reads them for the consumer: without messages it has nothing to do, unless Kafka may still hold what was acknowledged before. */
    public static FeatureSettings ofConsumer(Environment environment) {
        FeatureSettings features = new FeatureSettings(environment);
        if (!features.isEnabled(Feature.MESSAGES) && !environment.sets(Setting.KAFKA_BOOTSTRAP_SERVERS)) {
            environment.conflict(
                    "FEATURES has no messages and KAFKA_BOOTSTRAP_SERVERS is not set, so the consumer has"
                            + " nothing to do; leave it out, or say where Kafka is, and it stores what was acknowledged before");
        }
        return features;
    }

    /** True if the feature is enabled. */
    public boolean isEnabled(Feature feature) {
        return enabled.contains(feature);
    }
}
