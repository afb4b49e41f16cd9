package io.sluice.benchmarks;

import io.sluice.contract.Event;
import java.nio.ByteBuffer;

/**
 * What many events come to, in whatever order: enough to notice one that is missing, doubled or changed.
 *
 * @param rows how many they are
 * @param fingerprints the sum of the first 32 bits of each fingerprint
 * @param payloadBytes the sum of the payloads' sizes
 */
record Content(long rows, long fingerprints, long payloadBytes) {

    static final Content NONE = new Content(0, 0, 0);

    Content plus(Event event) {
        int start = ByteBuffer.wrap(event.fingerprint().bytes()).getInt();
        return new Content(
                rows + 1, fingerprints + Integer.toUnsignedLong(start), payloadBytes + event.payload().length);
    }
}
