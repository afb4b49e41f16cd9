package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.sluice.settings.Environment;
import io.sluice.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The configuration guide's table of settings says what the programs do. */
class ConfigurationTableTest {

    private static final Path PROJECT = Path.of("../..");

    /** A variable in an expression of a configuration file, or asked for by its name in the code. */
    private static final Pattern VARIABLE = Pattern.compile("(?:\\$\\{|getenv\\(\"|getValue\\(\")([A-Z][A-Z0-9_]+)");

    private static final JavaClasses GROUPS = imported("libs/settings");
    private static final List<Program> PROGRAMS = List.of(
            Program.of("api", "api", "libs/runtime"),
            Program.of("consumer", "consumer", "libs/runtime"),
            // Without libs/runtime, whose parts for Kafka it does not use.
            Program.of("worker", "worker"),
            Program.of("init-job", "init-job", "libs/provisioning"));

    /** A program, the modules that its code is in, and the settings of the groups that this code reads. */
    private record Program(String name, List<String> modules, Set<Setting> uses) {

        static Program of(String name, String... modules) {
            Set<Setting> uses = imported(modules).stream()
                    .flatMap(code -> code.getAccessesFromSelf().stream())
                    .flatMap(ConfigurationTableTest::settingsOf)
                    .collect(Collectors.toSet());
            return new Program(name, List.of(modules), uses);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachSettingHasItsRow(Setting setting) {
        String aliases = setting.aliases().stream()
                .map(alias -> " (also `" + alias + "`)")
                .collect(Collectors.joining());
        String defaultValue = setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "` ";

        assertThat(ConfigurationTable.row(setting))
                .as("the row of %s, which begins as Setting has it", setting)
                .startsWith("| `%s`%s | %s| %s | ".formatted(setting, aliases, defaultValue, setting.expectation()));
    }

    @ParameterizedTest
    @EnumSource
    void eachRowNamesTheProgramsThatUseTheSetting(Setting setting) {
        List<String> users = PROGRAMS.stream()
                .filter(program -> program.uses().contains(setting))
                .map(Program::name)
                .toList();
        String cell = users.isEmpty() ? "none" : users.size() == PROGRAMS.size() ? "all" : String.join(", ", users);

        assertThat(ConfigurationTable.row(setting))
                .as("the row of %s, which ends with the programs that read the group it is in", setting)
                .endsWith(" | " + cell + " |");
    }

    @Test
    void theTableHasNoOtherRowsAndTheOrderOfTheEnum() {
        List<String> names = ConfigurationTable.rows()
                .map(row -> row.replaceAll("^\\| `(\\w+)`.*", "$1"))
                .toList();

        assertThat(names)
                .as("the table in configuration.md")
                .isEqualTo(Arrays.stream(Setting.values()).map(Setting::name).toList());
    }

    @Test
    void everyOtherVariableThatAProgramReadsIsNamedInTheSection() {
        Set<String> variables = PROGRAMS.stream()
                .flatMap(program -> program.modules().stream())
                .flatMap(ConfigurationTableTest::variablesReadBy)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(variables).contains("HOSTNAME").allSatisfy(variable -> assertThat(ConfigurationTable.GUIDE)
                .as("configuration.md")
                .contains("`" + variable + "`"));
    }

    private static JavaClasses imported(String... modules) {
        return new ClassFileImporter()
                .importPaths(Arrays.stream(modules)
                        .map(module -> PROJECT.resolve(module).resolve("target/classes"))
                        .toList());
    }

    /** Settings that are read by the constructor or method of a group that is called, or whose name is used itself. */
    private static Stream<Setting> settingsOf(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return owner.isEquivalentTo(Setting.class)
                ? named(access)
                : GROUPS.contain(owner.getName()) && !owner.isEquivalentTo(Environment.class)
                        ? GROUPS.get(owner.getName()).getAccessesFromSelf().stream()
                                .filter(inner -> !isOfAnotherFactory(inner, access))
                                .flatMap(inner -> isGroupWithin(inner, owner) ? settingsOf(inner) : named(inner))
                        : Stream.empty();
    }

    /** True for a group that another one is made of. */
    private static boolean isGroupWithin(JavaAccess<?> access, JavaClass group) {
        JavaClass owner = access.getTargetOwner();
        return access.getTarget().getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
                && owner.getSimpleName().endsWith("Settings")
                && !owner.equals(group);
    }

    /** True for what a public static method of a group reads that is not the one called. */
    private static boolean isOfAnotherFactory(JavaAccess<?> inner, JavaAccess<?> called) {
        return inner.getOrigin().getModifiers().containsAll(Set.of(JavaModifier.PUBLIC, JavaModifier.STATIC))
                && !inner.getOrigin().getName().equals(called.getTarget().getName());
    }

    private static Stream<Setting> named(JavaAccess<?> access) {
        return Arrays.stream(Setting.values())
                .filter(setting -> access.getTarget().getFullName().equals(Setting.class.getName() + "." + setting));
    }

    private static Stream<String> variablesReadBy(String module) {
        try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve("src/main"))) {
            List<Path> sources = files.filter(file -> file.toString().matches(".*\\.(java|properties)"))
                    .toList();
            return sources.stream()
                    .flatMap(source -> VARIABLE.matcher(read(source)).results().map(result -> result.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
