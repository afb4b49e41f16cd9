package io.sluice.benchmarks;

import java.util.Locale;

/** The subject of a measurement. */
enum Subject {
    /** POSTs to the api, against an endpoint of the same program that does nothing. */
    INGEST,
    /** Posts of many events in one request, against a tool of Kafka; and the memory that they take. */
    BULK,
    /** The time from the POST of an event until a GET shows it. */
    LATENCY,
    /** The consumer's way from topic to table, against COPY of the same rows. */
    CONSUMER,
    /** Storing and reading, by the numbers of consumers and partitions, and of records and rows. */
    GROWTH,
    /** The consumer's relay, from the outbox to the topic, against a producer of the same records. */
    OUTBOX,
    /** The detection of circles in images: its quality, and its speed. */
    IMAGES,
    /** The search for passages: its quality, by words and meaning and by words alone, and its speed. */
    RETRIEVAL;

    /** The word on the command line and in the names of results. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
