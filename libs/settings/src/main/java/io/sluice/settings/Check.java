package io.sluice.settings;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A check of a setting's value. */
interface Check {

    /** Number of characters of a wrong value that are repeated. */
    int MOST_SHOWN = 60;

    /** Expectation of the value, as a noun. */
    String expectation();

    /** Fault of the value and what it must be instead, or {@code null} if it is right. */
    @Nullable String fault(String value);

    /** One of these words; case does not matter. */
    record OneOf(List<String> words) implements Check {

        OneOf(String... words) {
            this(List.of(words));
        }

        @Override
        public String expectation() {
            return "one of " + String.join(", ", words);
        }

        @Override
        public @Nullable String fault(String value) {
            return words.stream().anyMatch(value::equalsIgnoreCase) ? null : mustBe(this, value);
        }
    }

    /** A whole number in a range, both ends included; what it counts is said before it, as in "a whole number of days". */
    record WholeNumber(String what, int least, int most) implements Check {

        @Override
        public String expectation() {
            return what + " from " + least + " to " + most;
        }

        @Override
        public @Nullable String fault(String value) {
            return value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most
                    ? null
                    : mustBe(this, value);
        }
    }

    /** A name that looks the same in every log and every locale. */
    record Name(String example) implements Check {

        @Override
        public String expectation() {
            return "at most 200 printable characters of ASCII, as in " + example;
        }

        @Override
        public @Nullable String fault(String value) {
            return value.matches("[ -~]{1,200}") ? null : mustBe(this, value);
        }
    }

    /** A name without white space, and without what would have to be escaped in a header or in JSON. */
    record Word(String what, String example) implements Check {

        @Override
        public String expectation() {
            return what + ", at most 200 printable characters of ASCII without blanks, quotes and backslashes, as in "
                    + example;
        }

        @Override
        public @Nullable String fault(String value) {
            return value.matches("[!-~&&[^\"\\\\]]{1,200}") ? null : mustBe(this, value);
        }
    }

    /** Some of these words, separated by commas, or none. */
    record SomeOf(List<String> words) implements Check {

        SomeOf(String... words) {
            this(List.of(words));
        }

        @Override
        public String expectation() {
            return "nothing, or some of " + String.join(", ", words) + ", separated by commas";
        }

        @Override
        public @Nullable String fault(String value) {
            return value.isEmpty()
                            || Arrays.stream(value.split(",", -1))
                                    .map(String::strip)
                                    .allMatch(words::contains)
                    ? null
                    : mustBe(this, value);
        }
    }

    /** All or none of these words, or some of them, separated by commas. */
    record AllOrSomeOf(List<String> words) implements Check {

        /** Stands for all words. */
        static final String ALL = "all";

        private static final String NONE = "none";

        @Override
        public String expectation() {
            return "%s, %s, or some of %s, separated by commas".formatted(ALL, NONE, String.join(", ", words));
        }

        @Override
        public @Nullable String fault(String value) {
            return value.equals(ALL) || value.equals(NONE)
                    ? null
                    : value.isEmpty() || new SomeOf(words).fault(value) != null ? mustBe(this, value) : null;
        }
    }

    /** Phrases of words, separated by commas, or none. */
    record Phrases() implements Check {

        private static final String WORD = "[A-Za-z0-9]+(['-][A-Za-z0-9]+)*+";

        private static final String PHRASE = "(%1$s(/%1$s)*+\\*?+( ++|$))++".formatted(WORD);

        @Override
        public String expectation() {
            return "nothing, or phrases of words of ASCII, separated by commas, at most 4000 characters, as in snake bite/bites, electric shock*";
        }

        @Override
        public @Nullable String fault(String value) {
            boolean phrases = value.length() <= 4_000
                    && Arrays.stream(value.split(",", -1))
                            .allMatch(phrase -> phrase.strip().matches(PHRASE));
            return value.isEmpty() || phrases ? null : mustBe(this, value);
        }
    }

    /** Characters that Kafka allows in a topic's name, few enough for the longest of ours. */
    record TopicPrefix() implements Check {

        @Override
        public String expectation() {
            return "nothing, or at most 200 of a-z, A-Z, 0-9, '.', '_' and '-', as in staging-";
        }

        @Override
        public @Nullable String fault(String value) {
            return value.matches("[a-zA-Z0-9._-]{0,200}") ? null : mustBe(this, value);
        }
    }

    /** User name or password: looks the same in every locale, and is never repeated. */
    record Credential(String what) implements Check {

        @Override
        public String expectation() {
            return what + ", at most 4096 printable characters of ASCII";
        }

        @Override
        public @Nullable String fault(String value) {
            return value.matches("[ -~]{1,4096}") ? null : "must be " + expectation();
        }
    }

    /** An address, or the path of a file, that a parser of ours can read; the parser throws what is wrong with it. */
    record Legible(String expectation, Consumer<String> reading) implements Check {

        @Override
        public @Nullable String fault(String value) {
            try {
                reading.accept(value);
                return null;
            } catch (IllegalArgumentException e) {
                // It may hold a password, or be the key itself in place of its path: it is not repeated.
                return "must be " + expectation + "; " + e.getMessage();
            }
        }
    }

    /** A secret. Nothing of it is repeated, but for its length. */
    record Secret(int least, int most) implements Check {

        @Override
        public String expectation() {
            return "a secret of " + least + " to " + most + " characters, as openssl rand -base64 32 makes it";
        }

        @Override
        public @Nullable String fault(String value) {
            int length = value.codePointCount(0, value.length());
            return length >= least && length <= most ? null : "must be " + expectation() + ", but has " + length;
        }
    }

    /** Fault of a value that is not what the check expects; repeats the value where that is harmless. */
    static String mustBe(Check check, String value) {
        String expected = "must be " + check.expectation();
        // With one of these it may be the database's address in the wrong variable, and that holds a password.
        if (value.matches("(?s).*[@?&=].*")) {
            return expected;
        }
        String shown = value.length() > MOST_SHOWN ? value.substring(0, MOST_SHOWN) + "..." : value;
        return expected + ", but is '" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
