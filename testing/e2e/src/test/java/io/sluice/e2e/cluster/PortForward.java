package io.sluice.e2e.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code kubectl port-forward} to a pod.
 *
 * @param url where it is reached meanwhile
 */
record PortForward(Process process, URI url) implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Forwarding from 127.0.0.1:([0-9]+) .*");

    static PortForward to(Kubectl kubectl, String pod, int port) {
        try {
            Process process = new ProcessBuilder(List.of(
                            "kubectl", "--namespace", kubectl.namespace(), "port-forward", "pod/" + pod, ":" + port))
                    .redirectErrorStream(true)
                    .start();
            BufferedReader output = process.inputReader();
            String line = output.readLine();
            Matcher forwarded = PORT.matcher(String.valueOf(line));
            if (!forwarded.matches()) {
                process.destroy();
                throw new AssertionError("no port is forwarded: " + line);
            }
            return new PortForward(process, URI.create("http://127.0.0.1:" + forwarded.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
