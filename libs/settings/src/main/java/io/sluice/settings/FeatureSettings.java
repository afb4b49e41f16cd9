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
    }

    /** Whether the feature is enabled. */
    public boolean isEnabled(Feature feature) {
        return enabled.contains(feature);
    }
}
