package io.sluice.api.chat.generative;

import io.sluice.api.search.FoundPassage;
import java.util.List;
import java.util.Locale;

/** Text of an answer as it may be shown, from what a model writes. */
final class AnswerText {

    private static final String NOT_FOUND = letters(AnswerWriter.NOT_FOUND);

    private final StringBuilder beginning = new StringBuilder();
    private final MarkupFilter markup;
    private final AddressFilter addresses;

    /** @param passages that were given, in the order of their numbers */
    AnswerText(List<FoundPassage> passages) {
        markup = new MarkupFilter(passages.size());
        addresses = new AddressFilter(
                address -> passages.stream().anyMatch(passage -> passage.text().contains(address)));
    }

    /** Takes a piece of what the model writes, and gives what of it may be shown; often something of the piece before as well. */
    String add(String piece) {
        return shown(markup.apply(piece));
    }

    /** Gives the rest. */
    String end() {
        return shown(markup.end()) + addresses.end();
    }

    private String shown(String text) {
        if (beginning.length() < 2 * AnswerWriter.NOT_FOUND.length()) {
            beginning.append(text);
        }
        return addresses.apply(text);
    }

    /** Numbers of the passages that were cited so far, in ascending order. */
    List<Integer> cited() {
        return markup.cited();
    }

    /** True if the text begins with the sentence that stands for no answer. Whatever follows it is none. */
    boolean isNotFound() {
        return letters(beginning.toString()).startsWith(NOT_FOUND);
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("\\P{L}", "");
    }
}
