package io.sluice.api.requests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An answer.
 *
 * @param headers by their names in lower case
 */
record Answer(int status, Map<String, List<String>> headers, byte[] body) {

    String header(String name) {
        return String.join(", ", headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    }

    String text() {
        return new String(body, UTF_8);
    }
}
