package io.sluice.e2e.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A user with rights in one namespace, those that the guide says, and none outside of it.
 *
 * @param kubeconfig for kubectl, with the user's token
 */
record NamespaceUser(Path kubeconfig) {

    private static final Path GUIDE = Path.of("../..", "docs", "guides", "kubernetes.md");
    private static final String NAME = "deploys-sluice";

    /** Makes the user, in kubectl's namespace. */
    static NamespaceUser create(Kubectl kubectl) {
        try {
            kubectl.apply(role());
            kubectl.run("create", "serviceaccount", NAME);
            kubectl.run(
                    "create",
                    "rolebinding",
                    NAME,
                    "--role=" + NAME,
                    "--serviceaccount=%s:%s".formatted(kubectl.namespace(), NAME));
            ObjectNode config =
                    (ObjectNode) Kubectl.json(kubectl.run("config", "view", "--minify", "--raw", "--output=json"));
            ((ObjectNode) config.at("/users/0"))
                    .putObject("user")
                    .put("token", kubectl.run("create", "token", NAME).strip());
            Path kubeconfig = Files.createTempFile("user", ".kubeconfig");
            Files.writeString(kubeconfig, config.toString());
            return new NamespaceUser(kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String role() throws IOException {
        String guide = Files.readString(GUIDE);
        String role = guide.substring(guide.indexOf("apiVersion: rbac.authorization.k8s.io/v1"));
        return role.substring(0, role.indexOf("```"));
    }
}
