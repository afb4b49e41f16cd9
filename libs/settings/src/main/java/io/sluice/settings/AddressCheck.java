package io.sluice.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A check of addresses. */
interface AddressCheck extends Check {

    /** An address that a server can listen at. Whether this machine has it shows only then. */
    record Address() implements AddressCheck {

        private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
        private static final Pattern IP_4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
        private static final Pattern IP_6 = Pattern.compile("[0-9a-fA-F]*(:[0-9a-fA-F.]*){2,8}");
        private static final Pattern NAME = Pattern.compile("(?![\\d.]+$)[\\w.-]+");

        /** True for an address that is no name; whether it exists, {@link java.net.InetAddress} knows. */
        static boolean isNumeric(String text) {
            return IP_4.matcher(text).matches() || IP_6.matcher(text).matches();
        }

        @Override
        public String expectation() {
            return "an address or name of this machine without a port, as in 0.0.0.0, :: or localhost";
        }

        @Override
        public @Nullable String fault(String value) {
            return Stream.of(IP_4, IP_6, NAME)
                            .anyMatch(form -> form.matcher(value).matches())
                    ? null
                    : Check.mustBe(this, value);
        }
    }

    /** Kafka's {@code bootstrap.servers}. */
    record BootstrapServers() implements AddressCheck {

        @Override
        public String expectation() {
            return "host:port, or several of these separated by commas, as in kafka-0:9092,kafka-1:9092";
        }

        @Override
        public @Nullable String fault(String value) {
            boolean valid =
                    Arrays.stream(value.split(",", -1)).map(String::strip).allMatch(HostAndPort::isBoth);
            return valid ? null : Check.mustBe(this, value);
        }
    }

    /** Origins as CORS defines them: scheme, host and port, nothing behind them. */
    record Origins() implements AddressCheck {

        @Override
        public String expectation() {
            return "nothing, or origins such as https://app.example.com separated by commas, or * alone";
        }

        @Override
        public @Nullable String fault(String value) {
            boolean valid = value.isEmpty()
                    || value.equals("*")
                    || Arrays.stream(value.split(",", -1)).map(String::strip).allMatch(Origins::isOrigin);
            return valid ? null : Check.mustBe(this, value);
        }

        private static boolean isOrigin(String text) {
            return text.matches("https?://.*") && HostAndPort.isHost(text.substring(text.indexOf("://") + 3));
        }
    }

    /** The URL of a server, nothing behind its port. */
    record Endpoint(String example) implements AddressCheck {

        @Override
        public String expectation() {
            return "an http or https URL of a server, as in " + example;
        }

        @Override
        public @Nullable String fault(String value) {
            return Origins.isOrigin(value) ? null : Check.mustBe(this, value);
        }
    }

    /** The URL of a JWK Set (RFC 7517). */
    record KeySetUrl() implements AddressCheck {

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

    /** The URL that the paths of an API are put behind. */
    record BaseUrl(String example) implements AddressCheck {

        @Override
        public String expectation() {
            return "an http or https URL without user, query and fragment, as in " + example;
        }

        @Override
        public @Nullable String fault(String value) {
            // It may have a key in it: it is not repeated.
            return value.matches("[^?#]+") && new KeySetUrl().fault(value) == null ? null : "must be " + expectation();
        }
    }
}
