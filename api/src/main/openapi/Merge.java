import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Merges the OpenAPI documents of the features into one: {@code java Merge.java FOLDER TARGET}. The build runs it, before anything of
 * this project is compiled and in development mode too, so it is a single file without dependencies. It reads lines, not YAML, so
 * texts stay as they are written.
 *
 * <p>{@code api.yaml} comes first; the others follow in the order of their names. Members of {@code tags}, {@code paths} and of each
 * section of {@code components} may be spread over the files.
 */
final class Merge {

    private static final String FIRST = "api.yaml";

    /** Lines below a member of the document, or of {@code components}, by the line that opens it. */
    private final Map<String, List<String>> sections = new LinkedHashMap<>();

    private final Map<String, Path> definedIn = new HashMap<>();

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Merge merge = new Merge();
        merge.add(folder.resolve(FIRST));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Merge::isFeature).sorted().toList()) {
                merge.add(file);
            }
        }
        Path target = Path.of(arguments[1]);
        Files.createDirectories(target.toAbsolutePath().getParent());
        Files.write(target, merge.lines());
    }

    private static boolean isFeature(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml") && !name.equals(FIRST);
    }

    private void add(Path file) throws IOException {
        String member = "";
        String section = "";
        for (String line : Files.readAllLines(file)) {
            if (opens(line, 0)) {
                member = line;
                section = line;
                sections.computeIfAbsent(section, opened -> new ArrayList<>());
            } else if (member.equals("components:") && opens(line, 2)) {
                section = member + line;
                sections.computeIfAbsent(section, opened -> new ArrayList<>());
            } else {
                if (opens(line, member.equals("components:") ? 4 : 2) && !line.strip().startsWith("- ")) {
                    requireNew(section + line, file);
                }
                sections.get(section).add(line);
            }
        }
    }

    private static boolean opens(String line, int indent) {
        return line.length() > indent
                && line.substring(0, indent).isBlank()
                && " #".indexOf(line.charAt(indent)) < 0;
    }

    private void requireNew(String member, Path file) {
        Path other = definedIn.putIfAbsent(member, file);
        if (other != null) {
            throw new IllegalArgumentException(
                    "%s and %s both define %s".formatted(other.getFileName(), file.getFileName(), member.strip()));
        }
    }

    /** {@code components} last: its sections belong below one line. */
    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        sections.forEach((section, body) -> {
            if (!section.startsWith("components:")) {
                lines.add(section);
                lines.addAll(body);
            }
        });
        lines.add("components:");
        sections.forEach((section, body) -> {
            if (section.startsWith("components: ")) {
                lines.add(section.substring("components:".length()));
                lines.addAll(body);
            }
        });
        return lines;
    }
}
