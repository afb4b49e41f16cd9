package io.sluice.api.http.request;

import java.util.ArrayList;
import java.util.List;

/**
 * Header fields whose value is a list.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1">RFC 9110, section 5.6.1</a>
 */
public final class HeaderList {

    private HeaderList() {}

    /**
     * The elements of all lines of a field, without white space around them and without the empty ones. A comma in a quoted string
     * separates nothing.
     */
    public static List<String> elements(List<String> lines) {
        List<String> elements = new ArrayList<>();
        for (String line : lines) {
            int start = 0;
            boolean quoted = false;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (quoted && c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = !quoted;
                } else if (c == ',' && !quoted) {
                    add(line.substring(start, i), elements);
                    start = i + 1;
                }
            }
            add(line.substring(start), elements);
        }
        return elements;
    }

    private static void add(String element, List<String> elements) {
        if (!element.isBlank()) {
            elements.add(element.strip());
        }
    }
}
