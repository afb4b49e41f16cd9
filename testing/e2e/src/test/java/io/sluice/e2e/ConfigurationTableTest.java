package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.sluice.settings.Setting;
import io.sluice.settings.Settings;
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
    private static final String GUIDE = read(PROJECT.resolve("docs/guides/configuration.md"));

    /** A variable in an expression of a configuration file, or asked for by its name in the code. */
    private static final Pattern VARIABLE = Pattern.compile("(?:\\$\\{|getenv\\(\"|getValue\\(\")([A-Z][A-Z0-9_]+)");

    private static final JavaClass SETTINGS = imported("libs/settings").get(Settings.class);
    private static final List<Program> PROGRAMS = List.of(
            Program.of("api", "api", "libs/runtime"),
            Program.of("consumer", "consumer", "libs/runtime"),
            Program.of("init-job", "init-job", "libs/provisioning"));

    /** A program, the modules whose code is its own, and what that code uses. */
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

        assertThat(row(setting))
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

        assertThat(row(setting))
                .as("the row of %s, which ends with who calls the getter of Settings", setting)
                .endsWith(" | " + cell + " |");
    }

    @Test
    void theTableHasNoOtherRowsAndTheOrderOfTheEnum() {
        List<String> names =
                rows().map(row -> row.replaceAll("^\\| `(\\w+)`.*", "$1")).toList();

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

        assertThat(variables)
                .contains("HOSTNAME")
                .allSatisfy(variable -> assertThat(GUIDE).as("configuration.md").contains("`" + variable + "`"));
    }

    private static Stream<String> rows() {
        return GUIDE.lines().filter(line -> line.startsWith("| `"));
    }

    private static String row(Setting setting) {
        return rows().filter(row -> row.startsWith("| `" + setting + "`"))
                .findFirst()
                .orElse("no row");
    }

    private static JavaClasses imported(String... modules) {
        return new ClassFileImporter()
                .importPaths(Arrays.stream(modules)
                        .map(module -> PROJECT.resolve(module).resolve("target/classes"))
                        .toList());
    }

    /** The settings behind a getter of Settings, or the one that is named itself. */
    private static Stream<Setting> settingsOf(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        if (target.getFullName().startsWith(Settings.class.getName() + ".from(")) {
            // Checks what it reads, and uses none of it.
            return Stream.empty();
        }
        if (target.getOwner().isEquivalentTo(Settings.class)) {
            return SETTINGS.getAccessesFromSelf().stream()
                    .filter(within -> within.getOrigin().getName().equals(target.getName()))
                    .flatMap(ConfigurationTableTest::settingsOf);
        }
        return Arrays.stream(Setting.values())
                .filter(setting -> target.getFullName().equals(Setting.class.getName() + "." + setting));
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
