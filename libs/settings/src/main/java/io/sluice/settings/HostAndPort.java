package io.sluice.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host with its port, as addresses of all kinds have them: a name, an IPv4 address, or an IPv6 address in brackets. */
final class HostAndPort {

    private static final Pattern HOST = Pattern.compile("([\\w.-]+|\\[[0-9a-fA-F:.]+])(:(?<port>\\d{1,5}))?");
    private static final int HIGHEST_PORT = 65_535;

    private HostAndPort() {}

    /** True if the text is a host and a port. */
    static boolean isBoth(String text) {
        Matcher matcher = HOST.matcher(text);
        return matcher.matches() && matcher.group("port") != null && isPort(matcher.group("port"));
    }

    /** True if the text is a host, with or without a port. */
    static boolean isHost(String text) {
        Matcher matcher = HOST.matcher(text);
        return matcher.matches() && (matcher.group("port") == null || isPort(matcher.group("port")));
    }

    private static boolean isPort(String digits) {
        int number = Integer.parseInt(digits);
        return number >= 1 && number <= HIGHEST_PORT;
    }
}
