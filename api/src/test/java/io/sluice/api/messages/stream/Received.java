package io.sluice.api.messages.stream;

import java.util.List;

/** An event as a client reads it; what it does not have is empty. */
record Received(String id, String name, String data) {

    static Received of(List<String> lines) {
        return new Received(field(lines, "id: "), field(lines, "event: "), field(lines, "data: "));
    }

    private static String field(List<String> lines, String name) {
        return String.join(
                "\n",
                lines.stream()
                        .filter(line -> line.startsWith(name))
                        .map(line -> line.substring(name.length()))
                        .toList());
    }

    boolean isMessage() {
        return name.isEmpty();
    }
}
