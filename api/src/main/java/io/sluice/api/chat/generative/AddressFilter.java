package io.sluice.api.chat.generative;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Filter of a text that comes in pieces, and whose addresses are dropped: many a program makes links of them. Those that are known stay.
 */
final class AddressFilter implements UnaryOperator<String> {

    private static final Pattern ADDRESS =
            Pattern.compile("(?i)(?:[a-z][a-z0-9+.-]*://|(?<![a-z0-9])www\\.)[\\x21-\\x7e&&[^<>\\[\\]\"]]*");

    private static final Pattern BEHIND = Pattern.compile("[).,;:!?'*_]*$");

    private final StringBuilder pending = new StringBuilder();
    private final Predicate<String> known;
    private boolean isBehindKnown;

    AddressFilter(Predicate<String> known) {
        this.known = known;
    }

    /** Takes a piece, and gives all whole words of the text so far. */
    @Override
    public String apply(String piece) {
        pending.append(piece);
        int whole = pending.length();
        while (whole > 0 && isOfAddress(pending.charAt(whole - 1))) {
            whole--;
        }
        return take(whole);
    }

    /** Gives the rest. */
    String end() {
        return take(pending.length());
    }

    private static boolean isOfAddress(char c) {
        return c > ' ' && c <= '~';
    }

    private String take(int length) {
        String text = pending.substring(0, length);
        pending.delete(0, length);
        StringBuilder shown = new StringBuilder();
        Matcher address = ADDRESS.matcher(text);
        int end = 0;
        while (address.find()) {
            show(text.substring(end, address.start()), shown);
            String found = address.group();
            String known = BEHIND.matcher(found).replaceFirst("");
            isBehindKnown = this.known.test(known);
            shown.append(isBehindKnown ? found : found.substring(known.length()));
            end = address.end();
        }
        show(text.substring(end), shown);
        return shown.toString();
    }

    /** Shows text, parted from an address that it stands close behind: it could be taken for the rest of that. */
    private void show(String text, StringBuilder shown) {
        if (text.isEmpty()) {
            return;
        }
        if (isBehindKnown && !Character.isWhitespace(text.charAt(0))) {
            shown.append(' ');
        }
        isBehindKnown = false;
        shown.append(text);
    }
}
