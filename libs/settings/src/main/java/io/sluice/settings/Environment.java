package io.sluice.settings;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables of a program. Each group of settings reads its own from here; every fault that is met on the way is kept, so
 * that all are named at once.
 */
public final class Environment {

    private final Function<String, @Nullable String> source;

    /** Faults of settings by themselves, in the order of the enum. */
    private final Map<Setting, String> faults = new EnumMap<>(Setting.class);

    /** Faults of settings that do not go together. */
    private final Set<String> conflicts = new LinkedHashSet<>();

    private Environment(Function<String, @Nullable String> source) {
        this.source = source;
    }

    /**
     * Reads settings, and checks those that are read.
     *
     * @param source gives the value of an environment variable, or {@code null} where it is not set
     * @param settings reads groups of settings, as in {@code KafkaSettings::new}
     * @throws InvalidSettingsException if any value is wrong; names all that are
     */
    public static <T> T read(Function<String, @Nullable String> source, Function<Environment, T> settings) {
        Environment environment = new Environment(source);
        T read = settings.apply(environment);
        List<String> violations = Stream.concat(environment.faults.values().stream(), environment.conflicts.stream())
                .toList();
        if (!violations.isEmpty()) {
            throw new InvalidSettingsException(violations);
        }
        return read;
    }

    /**
     * Checks groups of settings.
     *
     * @throws InvalidSettingsException if any value is wrong; names all that are
     */
    public static void check(Function<String, @Nullable String> source, List<Function<Environment, ?>> settings) {
        List<?> unused = read(source, environment -> settings.stream()
                .map(group -> group.apply(environment))
                .toList());
    }

    /** Text of a setting; its default where it is not set, or wrong. */
    String text(Setting setting) {
        Optional<String> fault = fault(setting);
        fault.ifPresent(wrong -> faults.put(setting, wrong));
        return fault.isPresent()
                ? setting.defaultValue()
                : variables(setting).values().stream().findFirst().orElse(setting.defaultValue());
    }

    /** Text of a setting that has no default, or empty where it is not set, or wrong. */
    Optional<String> optional(Setting setting) {
        return Optional.of(text(setting)).filter(text -> !text.isEmpty());
    }

    /** Value of a setting that is a whole number; its default where it is not set, or wrong. */
    int number(Setting setting) {
        return Integer.parseInt(text(setting));
    }

    /** True if there is a value that is not empty, right or wrong. */
    boolean sets(Setting setting) {
        return !variables(setting).isEmpty();
    }

    /** True if nothing is wrong with any of these by itself. */
    boolean areRight(Iterable<Setting> settings) {
        for (Setting setting : settings) {
            if (fault(setting).isPresent()) {
                return false;
            }
        }
        return true;
    }

    /** Keeps a fault of settings that do not go together: a line with its remedy. */
    void conflict(String violation) {
        conflicts.add(violation);
    }

    private Optional<String> fault(Setting setting) {
        Map<String, String> variables = variables(setting);
        if (variables.values().stream().distinct().count() > 1) {
            return Optional.of(String.join(" and ", variables.keySet())
                    + " are two names of one setting, so their values must be the same; better set only one");
        }
        return variables.entrySet().stream().findFirst().flatMap(variable -> setting.violation(variable.getValue())
                .map(violation -> variable.getKey() + " " + violation));
    }

    /** Variables of the setting's own name or an alias that are not empty. */
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
