package io.sluice.api.connections;

import java.time.Duration;

/**
 * Limits of connections: how many there are, and for how long one may be of no use.
 *
 * @param connections open at a time. One costs some 10 to 20 KiB; the default leaves most of a heap of 256 MiB to those that are at
 *     work
 * @param head time from a request's first byte, which may be one of TLS, to the end of its head: a few round trips of any network
 * @param quiet time from the beginning of a connection, which load balancers open in advance, or from an answer, to the next request;
 *     and for taking the answer. Longer than load balancers keep connections (AWS' 60 s, nginx' 60 s), so that they close one, and not
 *     we while their next request is on its way
 * @param age after which a client is asked to connect again, give or take a tenth, so that those that came together do not do it
 *     together: a connection stays with its pod, and a pod that was started later would have no share of the load
 * @param body time from the head to the end of the body: the largest, at the 40 KiB/s of a bad mobile network
 * @param bodiesBytes of all bodies that are received or worked on: an eighth of the heap, because each is there in four forms at most,
 *     as it came and on its way to Kafka
 * @param responsesBytes of all responses that are read from PostgreSQL or written, in whatever form, and of those that clients have not
 *     received: a quarter of the heap, beside the bodies' eighth and the 32 MiB of Kafka's producer
 * @param unreadBytes of these, responses that clients have not received: the other half is for clients that do
 * @param bytesAhead that are read of what a client of HTTP/1.1 sends before it is answered; more of it stays in the network
 */
public record ConnectionLimits(
        int connections,
        Duration head,
        Duration quiet,
        Duration age,
        Duration body,
        long bodiesBytes,
        long responsesBytes,
        long unreadBytes,
        int bytesAhead) {

    static ConnectionLimits defaults() {
        return new ConnectionLimits(
                2_000,
                Duration.ofSeconds(10),
                Duration.ofSeconds(75),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                Runtime.getRuntime().maxMemory() / 8,
                Runtime.getRuntime().maxMemory() / 4,
                Runtime.getRuntime().maxMemory() / 8,
                64 << 10);
    }
}
