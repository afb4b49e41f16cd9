package io.sluice.contract.settings;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a setting's value has to be. */
sealed interface Check {

    /** What the value has to be, as a noun. */
    String expectation();

    /** What is wrong with the value and what it must be instead, or {@code null} if nothing is. */
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

    /** A whole number in a range, both ends included. */
    record WholeNumber(int least, int most) implements Check {

        @Override
        public String expectation() {
            return "a whole number from " + least + " to " + most;
        }

        @Override
        public @Nullable String fault(String value) {
            try {
                int number = Integer.parseInt(value);
                return number >= least && number <= most ? null : mustBe(this, value);
            } catch (NumberFormatException e) {
                return mustBe(this, value);
            }
        }
    }

    /** Any text that is more than white space. */
    record NotBlank(String expectation) implements Check {

        @Override
        public @Nullable String fault(String value) {
            return value.isBlank() ? mustBe(this, value) : null;
        }
    }

    /** Kafka's {@code bootstrap.servers}. */
    record BootstrapServers() implements Check {

        private static final Pattern SERVER = Pattern.compile("([^:/\\s\\[\\]]+|\\[[0-9a-fA-F:]+]):(\\d{1,5})");

        @Override
        public String expectation() {
            return "host:port, or several of these separated by commas";
        }

        @Override
        public @Nullable String fault(String value) {
            for (String server : value.split(",", -1)) {
                var matcher = SERVER.matcher(server.strip());
                if (!matcher.matches() || !isPort(Integer.parseInt(matcher.group(2)))) {
                    return mustBe(this, value);
                }
            }
            return null;
        }

        private static boolean isPort(int number) {
            return number >= 1 && number <= 65_535;
        }
    }

    /** What CORS calls origins: scheme, host and port, nothing behind them. */
    record Origins() implements Check {

        private static final Pattern ORIGIN = Pattern.compile("https?://[^/\\s,*?#@]+");

        @Override
        public String expectation() {
            return "origins such as https://app.example.com, separated by commas, or * alone";
        }

        @Override
        public @Nullable String fault(String value) {
            if (value.isEmpty() || value.equals("*")) {
                return null;
            }
            for (String origin : value.split(",", -1)) {
                if (!ORIGIN.matcher(origin.strip()).matches()) {
                    return mustBe(this, value);
                }
            }
            return null;
        }
    }

    /** What Kafka allows in a topic's name, and short enough for the longest of ours. */
    record TopicPrefix() implements Check {

        @Override
        public String expectation() {
            return "at most 200 letters, digits, '.', '_' and '-', or nothing";
        }

        @Override
        public @Nullable String fault(String value) {
            return value.matches("[a-zA-Z0-9._-]{0,200}") ? null : mustBe(this, value);
        }
    }

    /** See {@link DatabaseUrl}. */
    record Database() implements Check {

        @Override
        public String expectation() {
            return "a connection URI, as in postgresql://user:password@host:5432/database?sslmode=require";
        }

        @Override
        public @Nullable String fault(String value) {
            try {
                DatabaseUrl.parse(value);
                return null;
            } catch (IllegalArgumentException e) {
                // The value holds a password: it is not repeated.
                return "must be " + expectation() + ": " + e.getMessage();
            }
        }
    }

    private static String mustBe(Check check, String value) {
        String expected = "must be " + check.expectation();
        // With an '@' it may be the database's address in the wrong variable, and that holds a password.
        return value.contains("@") ? expected : expected + ", but is '" + value.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
