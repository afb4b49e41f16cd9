package io.sluice.api.http.headers;

import io.sluice.api.http.request.HeaderList;
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
public final class WaitPreference {

    /** Name of the header. */
    public static final String HEADER = "Prefer";

    /** Longest wait; a longer one is cut to it. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Pattern WAIT = Pattern.compile("wait\\s*([=;].*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern SECONDS = Pattern.compile("\\s*=\\s*(\"?)(\\d+)\\1\\s*(;.*)?");

    private WaitPreference() {}

    /**
     * The time that the client would wait, {@link #LONGEST} at most; empty if it does not say, or not in whole seconds. The RFC wants
     * preferences that cannot be complied with to be passed over: that {@code Preference-Applied} is missing tells the client.
     */
    public static Optional<Duration> of(List<String> headers) {
        return HeaderList.elements(headers).stream()
                .filter(preference -> WAIT.matcher(preference).matches())
                .findFirst()
                .flatMap(WaitPreference::duration);
    }

    private static Optional<Duration> duration(String preference) {
        Matcher seconds = SECONDS.matcher(preference.substring("wait".length()));
        if (!seconds.matches()) {
            return Optional.empty();
        }
        String digits = seconds.group(2);
        Duration wait = digits.length() > 9 ? LONGEST : Duration.ofSeconds(Integer.parseInt(digits));
        return Optional.of(wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
    }
}
