package io.sluice.documents;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The headings that the text under way stands below. */
final class HeadingPath {

    /** More are an outline of nothing, and a way to use memory. */
    private static final int MAX_DEPTH = 20;

    private record Heading(int level, String text) {}

    private final List<Heading> open = new ArrayList<>();

    void enter(int level, String text) {
        while (!open.isEmpty() && (open.get(open.size() - 1).level >= level || open.size() == MAX_DEPTH)) {
            open.remove(open.size() - 1);
        }
        open.add(new Heading(level, shortened(text)));
    }

    /** True if a heading of this level stands directly below the last one. */
    boolean isBelowLast(int level) {
        return open.isEmpty() || open.get(open.size() - 1).level < level;
    }

    /** The nearest ones that fit together, the outermost first; equal neighbours once, as the title of a page and its first heading are. */
    List<String> nearest() {
        ArrayDeque<String> nearest = new ArrayDeque<>();
        int length = 0;
        for (int i = open.size() - 1; i >= 0; i--) {
            String text = open.get(i).text;
            length += text.length();
            if (length > Passage.MAX_HEADINGS_LENGTH) {
                break;
            }
            if (!text.equals(nearest.peekFirst())) {
                nearest.addFirst(text);
            }
        }
        return List.copyOf(nearest);
    }

    private static String shortened(String text) {
        int max = Passage.MAX_HEADINGS_LENGTH / 2;
        if (text.length() <= max) {
            return text;
        }
        int space = text.lastIndexOf(' ', max - 1);
        int end = space > max / 2 ? space : max - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
