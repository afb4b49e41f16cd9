package io.sluice.api.messages.stream;

import io.sluice.contract.Event;

/** Something that the tail of the topic has brought. */
sealed interface Entry {

    /** Bytes that it takes in memory, about. */
    long bytes();

    /** An event, and where it stands. */
    record Arrived(int partition, long offset, Event event) implements Entry {

        /** Bytes of the headers and objects around a payload. */
        private static final long OTHER_BYTES = 1 << 10;

        @Override
        public long bytes() {
            return OTHER_BYTES + event.payload().length;
        }
    }

    /**
     * Records that are lost to all readers.
     *
     * @param behind from where on it is read then
     */
    record Lost(Gap gap, StreamPosition behind) implements Entry {

        @Override
        public long bytes() {
            return 64L * behind.partitions();
        }
    }
}
