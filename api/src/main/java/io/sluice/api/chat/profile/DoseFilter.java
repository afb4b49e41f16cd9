package io.sluice.api.chat.profile;

import io.sluice.text.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filter of a text that comes in pieces, as {@link DoseQuotations} allows it. It gives whole sentences: what is a dose, their ends may say. */
public final class DoseFilter {

    /** Stands for a text of which nothing is left that cites a source. */
    static final String WITHHELD =
            "The documents have amounts, which are not repeated here in other words; see the sources.";

    /** Citations behind the mark at a sentence's end, which belong to it; the last one may lack its end so far. */
    private static final Pattern CITATIONS = Pattern.compile("(?:\\[\\d{1,3}]\\s*)+(?:\\[\\d{0,3}$)?|\\[\\d{0,3}$");

    private static final Pattern CITATION = Pattern.compile("\\[\\d{1,3}]");

    private final StringBuilder pending = new StringBuilder();
    private final DoseQuotations doses;
    private boolean isCited;
    private boolean isWithheld;

    DoseFilter(DoseQuotations doses) {
        this.doses = doses;
    }

    /** Takes a piece, and gives what is sure of the text so far; often nothing. */
    public String add(String piece) {
        pending.append(piece);
        List<Integer> ends = ends();
        // Of the last sentence, the next piece may be a part.
        return take(ends.subList(0, Math.max(0, ends.size() - 1)));
    }

    /** Gives the rest. */
    public String end() {
        String rest = take(ends());
        return isWithheld && !isCited ? rest + WITHHELD : rest;
    }

    /** Ends of the sentences, white space and citations behind them included. */
    private List<Integer> ends() {
        List<Integer> ends = new ArrayList<>();
        int end = 0;
        for (String sentence : Sentences.of(pending.toString())) {
            int begin = pending.indexOf(sentence, end);
            end = begin + sentence.length();
            Matcher citations = CITATIONS.matcher(sentence);
            if (!ends.isEmpty() && citations.lookingAt()) {
                ends.set(ends.size() - 1, begin + citations.end());
                if (citations.end() == sentence.length()) {
                    continue;
                }
            } else if (!ends.isEmpty()) {
                ends.set(ends.size() - 1, begin);
            }
            ends.add(end);
        }
        if (!ends.isEmpty()) {
            ends.set(ends.size() - 1, pending.length());
        }
        return ends;
    }

    private String take(List<Integer> ends) {
        StringBuilder taken = new StringBuilder();
        int begin = 0;
        for (int end : ends) {
            String whole = pending.substring(begin, end);
            String sentence = whole.strip();
            Optional<String> allowed = doses.allowed(sentence);
            if (allowed.isPresent()) {
                taken.append(whole.replace(sentence, allowed.get()));
                isCited |= CITATION.matcher(allowed.get()).find();
            } else {
                isWithheld = true;
            }
            begin = end;
        }
        pending.delete(0, begin);
        return taken.toString();
    }
}
