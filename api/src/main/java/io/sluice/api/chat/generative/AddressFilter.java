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
            Pattern.compile("(?i)(?:[a-z][a-z0-9+.-]*://|(?<![a-z0-9])www\\.)[^\\s<>\\[\\]\"]*");

    private static final Pattern BEHIND = Pattern.compile("[).,;:!?'*_]*$");

    private final StringBuilder pending = new StringBuilder();
    private final Predicate<String> known;

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
        return ADDRESS.matcher(text).replaceAll(match -> Matcher.quoteReplacement(left(match.group())));
    }

    private String left(String found) {
        String address = BEHIND.matcher(found).replaceFirst("");
        return known.test(address) ? found : found.substring(address.length());
    }
}
