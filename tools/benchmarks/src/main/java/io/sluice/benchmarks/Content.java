package io.sluice.benchmarks;

import io.sluice.contract.Event;
import java.nio.ByteBuffer;

/**
 * Checksum of many events, independent of their order: detects a missing, duplicate or changed event.
 *
 * @param rows number of events
 * @param fingerprints sum of the first 32 bits of each fingerprint
 * @param payloadBytes sum of the payloads' sizes
 */
record Content(long rows, long fingerprints, long payloadBytes) {

    static final Content NONE = new Content(0, 0, 0);

    Content plus(Event event) {
        int start = ByteBuffer.wrap(event.fingerprint().bytes()).getInt();
        return new Content(
                rows + 1, fingerprints + Integer.toUnsignedLong(start), payloadBytes + event.payload().length);
    }
}
