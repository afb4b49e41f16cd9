package io.sluice.settings;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a program is given settings by, and what is wrong with each of them by itself.
 *
 * @param source gives the value of an environment variable, or {@code null} where it is not set
 */
record Environment(Function<String, @Nullable String> source) {

    /** The values of all settings: the defaults of those that are not set. */
    Map<Setting, String> values() {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, variables(setting).values().stream().findFirst().orElse(setting.defaultValue()));
        }
        return values;
    }

    /** What is wrong with those settings that cannot be as they are. */
    Map<Setting, String> faults() {
        Map<Setting, String> faults = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            fault(setting, variables(setting)).ifPresent(fault -> faults.put(setting, fault));
        }
        return faults;
    }

    private static Optional<String> fault(Setting setting, Map<String, String> variables) {
        if (variables.values().stream().distinct().count() > 1) {
            return Optional.of(String.join(" and ", variables.keySet())
                    + " are two names of one setting, so their values must be the same; better set only one");
        }
        return variables.entrySet().stream().findFirst().flatMap(variable -> setting.violation(variable.getValue())
                .map(violation -> variable.getKey() + " " + violation));
    }

    /** Whether there is a value that is not empty. */
    boolean sets(Setting setting) {
        return !variables(setting).isEmpty();
    }

    /** What sets it: variables of its own name or an alias that are not empty. */
    private Map<String, String> variables(Setting setting) {
        Map<String, String> variables = new LinkedHashMap<>();
        Stream.concat(Stream.of(setting.name()), setting.aliases().stream()).forEach(name -> {
            String value = source.apply(name);
            if (value != null && !value.isEmpty()) {
                variables.put(name, value);
            }
        });
        return variables;
    }
}
