package io.sluice.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.e2e.ReadmeSteps;
import io.sluice.e2e.ReadmeSteps.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each deployment of {@code examples}, in the namespace of its kustomization, by the steps of its README. */
@Tag("cluster")
class ExamplesIT {

    private static final Path EXAMPLES = Path.of("../..", "examples");
    private static final String KUSTOMIZATION = "kustomization.yml";
    private static final String NAMESPACE = "namespace: ";
    private static final Set<String> NEEDS_ISTIO = Set.of("circular-detection");

    static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(folder -> Files.exists(folder.resolve(KUSTOMIZATION)))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theStepsPrintWhatTheReadmeShows(String example) throws Exception {
        // Given
        Skip.unless(Helm.isInstalled(), "there is no helm on the PATH, so no example is installed.");
        Skip.unless(
                !NEEDS_ISTIO.contains(example) || hasIstio(),
                "the cluster has no ingress gateway of Istio, which " + example + " needs.");
        String namespace = namespace(example);
        Kubectl kubectl = new Kubectl(namespace);
        kubectl.run("delete", "namespace", namespace, "--ignore-not-found", "--timeout=180s");
        ReadmeSteps steps = ReadmeSteps.of(EXAMPLES.resolve(example).resolve("README.md"));

        // When
        List<Ran> ran = steps.run();

        // Then
        try {
            assertThat(ran).isNotEmpty().allSatisfy(step -> step.printsWhatIsShown(ExamplesIT::lines));
        } catch (AssertionError e) {
            System.out.println(kubectl.attempt("get", "pods,jobs,events").output());
            throw e;
        } finally {
            kubectl.run("delete", "namespace", namespace, "--ignore-not-found", "--wait=false");
        }
    }

    private static boolean hasIstio() {
        return new Kubectl("istio-system")
                        .attempt("get", "service", "istio-ingressgateway")
                        .exitCode()
                == 0;
    }

    private static String namespace(String example) throws IOException {
        return Files.readAllLines(EXAMPLES.resolve(example).resolve(KUSTOMIZATION)).stream()
                .filter(line -> line.startsWith(NAMESPACE))
                .findFirst()
                .orElseThrow()
                .substring(NAMESPACE.length());
    }

    /** Without what is another one each time, and in an order of their own: kubectl's differs between versions. */
    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> line.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                        .replaceAll(
                                "-[bcdfghjklmnpqrstvwxz2456789]{6,10}-[bcdfghjklmnpqrstvwxz2456789]{5}(?=$|\\W)",
                                "-POD")
                        .replaceAll("-([bcdfghkmt2456789]{10}|[0-9a-f]{10})(?=$| )", "-HASH")
                        .replaceAll("\\d+\\.\\d+\\.\\d+\\.\\d+", "ADDRESS")
                        .replaceAll("(?<= )(\\d+[dhms])+$", "AGE")
                        .replaceAll(" +", " "))
                .filter(line -> !line.isEmpty())
                .sorted()
                .toList();
    }
}
