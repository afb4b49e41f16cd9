package io.sluice.api.messages;

import io.sluice.api.http.ProblemException;
import io.sluice.api.http.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The preference {@code wait} of the header {@code Prefer}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240#section-4.3">RFC 7240, section 4.3</a>
 */
final class WaitPreference {

    static final String HEADER = "Prefer";

    /** What any longer wait is cut to. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Pattern WAIT = Pattern.compile("wait(\\s*([=;].*)?)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SECONDS = Pattern.compile("\\s*=\\s*(\"?)(\\d{1,9})\\1\\s*(;.*)?");

    private WaitPreference() {}

    /**
     * How long the client would wait; empty if it does not say. Other preferences are passed over, as the RFC asks for.
     *
     * @throws ProblemException if the preference is there, but not in whole seconds
     */
    static Optional<Duration> of(List<String> headers) {
        return headers.stream()
                .flatMap(Pattern.compile(",")::splitAsStream)
                .map(preference -> WAIT.matcher(preference.strip()))
                .filter(Matcher::matches)
                .findFirst()
                .map(wait -> duration(wait.group(1)));
    }

    private static Duration duration(String value) {
        Matcher seconds = SECONDS.matcher(value);
        if (!seconds.matches()) {
            throw invalid();
        }
        Duration wait = Duration.ofSeconds(Long.parseLong(seconds.group(2)));
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }

    private static ProblemException invalid() {
        return ProblemException.invalid(List.of(Violation.inHeader(
                HEADER, "must give wait in whole seconds up to " + LONGEST.toSeconds() + ", as in wait=5")));
    }
}
