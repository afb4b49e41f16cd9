package io.sluice.documents;

import java.util.Locale;
import java.util.Set;

/** Raised and lowered text, so that a power stays one when the text loses its layout: {@code 10<sup>9</sup>} is not {@code 109}. */
final class Scripts {

    private static final String PLAIN = "0123456789+-=()";
    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾";
    private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎";

    /** Endings of ordinal numbers, which are raised for their looks. */
    private static final Set<String> ORDINAL = Set.of("st", "nd", "rd", "th", "er", "re", "e", "o", "a", "º", "ª");

    private Scripts() {}

    /** Raised text: in superscripts if all of it can be, otherwise as it is, with a caret where it could be read as a part of a number. */
    static String raised(String text) {
        return mapped(text, RAISED, "^");
    }

    /** Lowered text, likewise with an underscore. */
    static String lowered(String text) {
        return mapped(text, LOWERED, "_");
    }

    private static String mapped(String text, String forms, String mark) {
        StringBuilder mapped = new StringBuilder();
        for (char c : text.replace('\u2212', '-').toCharArray()) {
            int at = PLAIN.indexOf(c);
            if (at < 0 && !Character.isWhitespace(c)) {
                boolean plain = text.isBlank()
                        || !Character.isLetterOrDigit(text.codePointAt(0))
                        || ORDINAL.contains(text.strip().toLowerCase(Locale.ROOT));
                return plain ? text : mark + text;
            }
            mapped.append(at < 0 ? c : forms.charAt(at));
        }
        return mapped.toString();
    }
}
