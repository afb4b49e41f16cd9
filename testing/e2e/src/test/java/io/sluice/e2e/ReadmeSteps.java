package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The steps of a README or a guide: its {@code sh} blocks, each with the block behind it, without a language, that shows what it prints. One shell
 * runs them all, in the project's root folder, until one fails.
 */
public final class ReadmeSteps {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern STEP =
            Pattern.compile("(?ms)^```sh\n(?<commands>.*?)^```\n(?:```\n(?<output>.*?)^```\n)?");
    private static final String END = "--- end of step %d, with exit code ";

    /**
     * A step.
     *
     * @param commands lines for a shell
     * @param output what they print; empty where the README does not show it
     */
    public record Step(String commands, Optional<String> output) {}

    /**
     * A step that was run.
     *
     * @param printed standard output and standard error
     * @param succeeded false if a command failed, or a step before it
     */
    public record Ran(Step step, String printed, boolean succeeded) {

        /** Asserts that it has succeeded, and has printed what is shown: the lines of the two, as this reads them, are the same. */
        public void printsWhatIsShown(Function<String, List<String>> lines) {
            assertThat(succeeded).as("%s%s", step.commands(), printed).isTrue();
            step.output()
                    .ifPresent(output ->
                            assertThat(lines.apply(printed)).as(step.commands()).isEqualTo(lines.apply(output)));
        }
    }

    private final List<Step> steps;

    private ReadmeSteps(List<Step> steps) {
        this.steps = steps;
    }

    /** Those of a file. */
    public static ReadmeSteps of(Path readme) throws IOException {
        return in(Files.readString(readme));
    }

    /** Those of a text. */
    static ReadmeSteps in(String readme) {
        return new ReadmeSteps(STEP.matcher(readme)
                .results()
                .map(step -> new Step(step.group(1), Optional.ofNullable(step.group(2))))
                .toList());
    }

    /** Runs them; those behind one that fails are missing. */
    public List<Ran> run() throws IOException, InterruptedException {
        Path script = Files.createTempFile("steps", ".sh");
        try {
            Files.writeString(script, script());
            Process shell = new ProcessBuilder("bash", script.toString())
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(shell.getInputStream().readAllBytes(), UTF_8);
            shell.waitFor();
            return ran(printed);
        } finally {
            Files.delete(script);
        }
    }

    /** Steps behind one that fails are not run. A block that does not end its last line ends at its marker all the same. */
    private String script() {
        StringBuilder script = new StringBuilder();
        for (int number = 0; number < steps.size(); number++) {
            script.append("trap 'printf \"\\n")
                    .append(END.formatted(number))
                    .append("%d\\n\" $?' EXIT\nset -eu -o pipefail\n")
                    .append(steps.get(number).commands())
                    .append("printf '\\n")
                    .append(END.formatted(number))
                    .append("0\\n'\n");
        }
        return script.append("trap - EXIT\n").toString();
    }

    private List<Ran> ran(String printed) {
        List<Ran> ran = new ArrayList<>();
        String rest = printed;
        for (int number = 0; number < steps.size(); number++) {
            Matcher end =
                    Pattern.compile("\n" + END.formatted(number) + "(\\d+)\n").matcher(rest);
            if (!end.find()) {
                ran.add(new Ran(steps.get(number), rest, false));
                break;
            }
            ran.add(new Ran(
                    steps.get(number),
                    rest.substring(0, end.start()),
                    end.group(1).equals("0")));
            rest = rest.substring(end.end());
        }
        return ran;
    }
}
