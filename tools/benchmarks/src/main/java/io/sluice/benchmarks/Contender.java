package io.sluice.benchmarks;

import io.sluice.local.Program;
import java.io.IOException;
import java.net.URI;
import java.util.function.IntFunction;

/**
 * An endpoint that takes POSTs.
 *
 * @param endpoint of the posts
 * @param headers of the n-th request beside those of its body, each ended by CR LF
 * @param publishes true if each answered request is a record in the topic
 */
record Contender(String name, URI endpoint, IntFunction<String> headers, boolean publishes) {

    /** An endpoint of the benchmarks, which publishes nothing. */
    static Contender silent(String name, Program api, String path) {
        return new Contender(name, api.url().resolve(path), n -> "", false);
    }

    /** The endpoint of messages. */
    static Contender messages(String name, Program api) {
        return messages(name, api, n -> "");
    }

    /** The endpoint of messages, with headers. */
    static Contender messages(String name, Program api, IntFunction<String> headers) {
        return new Contender(name, api.url().resolve("/api/v1/messages"), headers, true);
    }

    Generator open(int connections) throws IOException {
        return Generator.open(endpoint, headers, connections);
    }
}
