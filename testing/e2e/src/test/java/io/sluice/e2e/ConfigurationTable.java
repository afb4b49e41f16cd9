package io.sluice.e2e;

import io.sluice.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The table of settings in the configuration guide. */
final class ConfigurationTable {

    /** The guide that the table is in. */
    static final String GUIDE = guide();

    private ConfigurationTable() {}

    private static String guide() {
        try {
            return Files.readString(Path.of("../..", "docs", "guides", "configuration.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> rows() {
        return GUIDE.lines().filter(line -> line.startsWith("| `"));
    }

    static String row(Setting setting) {
        return rows().filter(row -> row.startsWith("| `" + setting + "`"))
                .findFirst()
                .orElse("no row");
    }

    /** The programs that the row says use the setting. */
    static List<String> users(Setting setting) {
        String cell = row(setting).replaceAll(".* \\| (.+) \\|$", "$1");
        return cell.equals("all") ? ProgramRun.PROGRAMS : List.of(cell.split(", ", -1));
    }
}
