package io.sluice.api.http.pipeline;

/**
 * The stages of a request before it is answered, in their order. Between them stand those of the framework: CORS at -300,
 * authentication at -200; behind them its routes and the resources. {@code docs/guides/security.md} shows all of them.
 */
public enum RequestStage {
    /** Counts the request on its connection, and waits until the client has taken the answers before it. */
    CONNECTION(Integer.MIN_VALUE, Requests.ALL),
    /** Puts headers for browsers into the answer. */
    SECURITY_HEADERS(Integer.MIN_VALUE + 1, Requests.ALL_AND_FAILED),
    /** Has what is left of the body read when the answer has ended. */
    DRAIN(Integer.MIN_VALUE + 2, Requests.ALL_AND_FAILED),
    /** Answers a request that any stage, or the router, has refused. */
    FAILURE(Integer.MIN_VALUE + 3, Requests.FAILED),
    /** Refuses what is no valid request of HTTP. */
    VALIDATION(Integer.MIN_VALUE + 4, Requests.ALL),
    /** Refuses pages of origins that may not call. */
    ORIGIN(-310, Requests.ALL),
    /** Says how a failed authentication is told, where it is noticed by a later stage. */
    AUTHENTICATED(-199, Requests.ALL),
    /** Refuses what a caller asks for beyond its rate. */
    RATE_LIMIT(-100, Requests.ALL),
    /** Refuses what belongs to a feature that is disabled. */
    FEATURE(-60, Requests.ALL),
    /** Refuses methods that a path does not have, and answers OPTIONS. */
    METHOD(-50, Requests.ALL),
    /** Answers with pages, and with health under its other paths. */
    PAGES(-40, Requests.ALL);

    /** The requests that pass a stage. */
    enum Requests {
        /** Requests that no stage before it has ended. */
        ALL,
        /** Requests that have failed. */
        FAILED,
        /** All requests, and once more those that have failed: a request that the router itself refuses has passed no stage before. */
        ALL_AND_FAILED
    }

    private final int order;
    private final Requests requests;

    RequestStage(int order, Requests requests) {
        this.order = order;
        this.requests = requests;
    }

    /** The order of its routes. */
    int order() {
        return order;
    }

    Requests requests() {
        return requests;
    }
}
