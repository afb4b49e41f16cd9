package io.sluice.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Targets of faults: a process, or the network between two of them. */
enum Target {
    API_1("api-1"),
    API_2("api-2"),
    CONSUMER_1("consumer-1"),
    CONSUMER_2("consumer-2"),
    WORKER_1("worker-1"),
    WORKER_2("worker-2"),
    KAFKA("Kafka"),
    POSTGRESQL("PostgreSQL"),
    CLIENTS_TO_API_1(API_1),
    CLIENTS_TO_API_2(API_2),
    API_1_TO_KAFKA(API_1, KAFKA),
    API_2_TO_KAFKA(API_2, KAFKA),
    API_1_TO_POSTGRESQL(API_1, POSTGRESQL),
    API_2_TO_POSTGRESQL(API_2, POSTGRESQL),
    CONSUMER_1_TO_KAFKA(CONSUMER_1, KAFKA),
    CONSUMER_2_TO_KAFKA(CONSUMER_2, KAFKA),
    CONSUMER_1_TO_POSTGRESQL(CONSUMER_1, POSTGRESQL),
    CONSUMER_2_TO_POSTGRESQL(CONSUMER_2, POSTGRESQL),
    WORKER_1_TO_POSTGRESQL(WORKER_1, POSTGRESQL),
    WORKER_2_TO_POSTGRESQL(WORKER_2, POSTGRESQL);

    private final String label;
    private final @Nullable Target from;
    private final @Nullable Target to;

    Target(String process) {
        this(process, null, null);
    }

    Target(Target to) {
        this("clients to " + to.label, null, to);
    }

    Target(Target from, Target to) {
        this(from.label + " to " + to.label, from, to);
    }

    Target(String label, @Nullable Target from, @Nullable Target to) {
        this.label = label;
        this.from = from;
        this.to = to;
    }

    String label() {
        return label;
    }

    /** The destination of this network, or {@code null} for a process. */
    @Nullable Target to() {
        return to;
    }

    /** True if this is a network. */
    boolean isLink() {
        return to != null;
    }

    /** True if this is one of Sluice's own programs. */
    boolean isProgram() {
        return Arrays.stream(values()).anyMatch(link -> this.equals(link.from));
    }

    /** All networks. */
    static List<Target> links() {
        return Arrays.stream(values()).filter(Target::isLink).toList();
    }

    /** The network from a program to a server, or from the clients ({@code null}) to a program. */
    static Target link(@Nullable Target from, Target to) {
        return links().stream()
                .filter(link -> Objects.equals(link.from, from) && to.equals(link.to))
                .findFirst()
                .orElseThrow();
    }

    /** The network by which events, or results, leave this program. */
    Target outgoingLink() {
        boolean isApi = this == API_1 || this == API_2;
        return link(this, isApi ? KAFKA : POSTGRESQL);
    }
}
