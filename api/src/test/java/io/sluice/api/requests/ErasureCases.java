package io.sluice.api.requests;

import static io.sluice.api.requests.Request.MESSAGES;

import io.sluice.api.http.problems.ProblemCode;
import java.util.UUID;
import java.util.stream.Stream;

/** Requests to erase, and for what was erased. */
final class ErasureCases {

    static final UUID ERASED = UUID.fromString("019b7ca9-8f2e-7d42-9b6a-5e8f2c4d1e01");

    private ErasureCases() {}

    static Stream<Case> cases() {
        String missing = "is missing or empty; name the key whose events are to be erased";
        return Stream.of(
                erase("?key=nobody").gets(200),
                erase("?key=%20").gets(200),
                erase("").breaks("?key", missing),
                erase("?key=").breaks("?key", missing),
                erase("?key").breaks("?key", missing),
                erase("?key=" + "k".repeat(257)).breaks("?key", "at most 256 bytes in UTF-8, but has 257"),
                erase("?key=%00").breaks("?key", "must not contain control characters, but has U+0000"),
                erase("?key=%FF").breaks("?key", "must be percent-encoded UTF-8"),
                erase("?key=a&key=b").breaks("?key", "must be given once"),
                erase("?key=nobody&subject=orders").breaks("?subject", "is unknown; known are key"),
                erase("?subject=orders")
                        .breaks("?subject", "is unknown; known are key")
                        .and("?key", missing),
                erase("?key=nobody").with("Accept: text/csv").isRefused(ProblemCode.NOT_ACCEPTABLE, "application/json"),
                Request.get(MESSAGES + "/" + ERASED).isRefused(ProblemCode.ERASED, "Its id stays taken"),
                Request.get(MESSAGES + "/" + ERASED)
                        .with("Prefer: wait=1")
                        .isRefused(ProblemCode.ERASED, "Its id stays taken"),
                Request.get(MESSAGES + "/" + ERASED + "/status").isRefused(ProblemCode.ERASED, "Its id stays taken"));
    }

    private static Request erase(String query) {
        return Request.of("DELETE", MESSAGES + query);
    }
}
