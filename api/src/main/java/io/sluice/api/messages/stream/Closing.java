package io.sluice.api.messages.stream;

import java.util.Locale;

/** The reasons for which the server ends a stream. */
enum Closing {
    /** The program stops. */
    SHUTDOWN,
    /** The reader takes events more slowly than they come. */
    TOO_SLOW,
    /** The stream is as old as one may be: its token is to be looked at again. */
    TOO_OLD,
    /** The token with which the reader came is not valid any more. */
    TOKEN_EXPIRED;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
