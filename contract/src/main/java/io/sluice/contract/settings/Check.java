package io.sluice.contract.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a setting's value has to be. */
sealed interface Check {

    /** How many characters of a wrong value are repeated. */
    int MOST_SHOWN = 60;

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

    /** What a server can listen at. Whether this machine has it shows only then. */
    record Address() implements Check {

        private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
        private static final Pattern IP_4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
        private static final Pattern IP_6 = Pattern.compile("[0-9a-fA-F]*(:[0-9a-fA-F.]*){2,8}");
        private static final Pattern NAME = Pattern.compile("(?![\\d.]+$)[\\w.-]+");

        @Override
        public String expectation() {
            return "an address or name of this machine without a port, as in 0.0.0.0, :: or localhost";
        }

        @Override
        public @Nullable String fault(String value) {
            return Stream.of(IP_4, IP_6, NAME)
                            .anyMatch(form -> form.matcher(value).matches())
                    ? null
                    : mustBe(this, value);
        }
    }

    /** Kafka's {@code bootstrap.servers}. */
    record BootstrapServers() implements Check {

        @Override
        public String expectation() {
            return "host:port, or several of these separated by commas, as in kafka-0:9092,kafka-1:9092";
        }

        @Override
        public @Nullable String fault(String value) {
            boolean valid =
                    Arrays.stream(value.split(",", -1)).map(String::strip).allMatch(HostAndPort::isBoth);
            return valid ? null : mustBe(this, value);
        }
    }

    /** What CORS calls origins: scheme, host and port, nothing behind them. */
    record Origins() implements Check {

        @Override
        public String expectation() {
            return "nothing, or origins such as https://app.example.com separated by commas, or * alone";
        }

        @Override
        public @Nullable String fault(String value) {
            boolean valid = value.isEmpty()
                    || value.equals("*")
                    || Arrays.stream(value.split(",", -1)).map(String::strip).allMatch(Origins::isOrigin);
            return valid ? null : mustBe(this, value);
        }

        private static boolean isOrigin(String text) {
            return text.matches("https?://.*") && HostAndPort.isHost(text.substring(text.indexOf("://") + 3));
        }
    }

    /** What Kafka allows in a topic's name, and short enough for the longest of ours. */
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

    /** What a user logs in with: looks the same in every locale, and is never repeated. */
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

    /** What something of ours has to be able to read: an address, or a file; the reading throws what is wrong with it. */
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

    /** What nobody may guess. Nothing of it is repeated, but for its length. */
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

    /** Where a JWK Set is. */
    record KeySetUrl() implements Check {

        @Override
        public String expectation() {
            return "an http or https URL without a user, as in https://login.example.com/.well-known/jwks.json";
        }

        @Override
        public @Nullable String fault(String value) {
            try {
                URI url = new URI(value);
                boolean valid = url.getScheme() != null
                        && url.getScheme().matches("(?i)https?")
                        && url.getHost() != null
                        && url.getUserInfo() == null;
                // It may be a secret in the wrong variable: it is not repeated.
                return valid ? null : "must be " + expectation();
            } catch (URISyntaxException e) {
                return "must be " + expectation();
            }
        }
    }

    private static String mustBe(Check check, String value) {
        String expected = "must be " + check.expectation();
        // With one of these it may be the database's address in the wrong variable, and that holds a password.
        if (value.matches("(?s).*[@?&=].*")) {
            return expected;
        }
        String shown = value.length() > MOST_SHOWN ? value.substring(0, MOST_SHOWN) + "..." : value;
        return expected + ", but is '" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
