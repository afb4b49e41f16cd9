package io.sluice.api.requests;

import static io.sluice.api.http.problems.ProblemCode.NOT_FOUND;
import static io.sluice.api.requests.Request.MESSAGES;
import static io.sluice.api.requests.Request.get;

import java.util.UUID;
import java.util.stream.Stream;

/** The header Prefer: RFC 7240. What is not understood is passed over, and Preference-Applied tells what was not. */
final class PreferCases {

    /** A message that is stored. */
    static final UUID STORED = UUID.randomUUID();

    private PreferCases() {}

    static Stream<Case> cases() {
        return Stream.of(
                        Stream.of(
                                applied("wait=5", 5),
                                applied("wait=0", 0),
                                applied("WAIT = \"7\"", 7),
                                applied("wait=30", 30),
                                applied("wait=31", 30),
                                applied("wait=999999999", 30),
                                applied("wait=99999999999999999999", 30),
                                applied("wait=5; a=b", 5),
                                applied("respond-async, wait=5", 5),
                                applied("foo=\"a, wait=7\", wait=5", 5),
                                applied("foo=\"\\\", wait=7\", wait=5", 5),
                                applied(", ,wait=5,", 5),
                                applied("wait=5, wait=7", 5),
                                applied("wait=5, wait=x", 5),
                                get(MESSAGES + "/" + STORED)
                                        .with("Prefer: return=minimal")
                                        .with("Prefer: wait=5")
                                        .gets(200)
                                        .and("Preference-Applied: wait=5")),
                        Stream.of(
                                        "",
                                        ",",
                                        "=",
                                        "respond-async",
                                        "return=representation",
                                        "handling=strict, nope",
                                        "waiting=5",
                                        "wait-for=5",
                                        "foo; wait=5",
                                        "\"wait=5\"",
                                        "foo=\"wait=5",
                                        "wait",
                                        "wait=",
                                        "wait=five",
                                        "wait=-1",
                                        "wait=+1",
                                        "wait=1.5",
                                        "wait=5s",
                                        "wait=5 s",
                                        "wait=\"5",
                                        "wait=x, wait=5",
                                        "wait=\u00B2")
                                .map(prefer -> get(MESSAGES + "/" + STORED)
                                        .with("Prefer: " + prefer)
                                        .gets(200)
                                        .and("Preference-Applied: ")),
                        Stream.of("wait=0", "wait=five", "respond-async")
                                .map(prefer -> get(MESSAGES + "/" + UUID.randomUUID())
                                        .with("Prefer: " + prefer)
                                        .isRefused(NOT_FOUND, "wait for it with the header Prefer: wait=5.")))
                .flatMap(cases -> cases);
    }

    private static Case applied(String prefer, int seconds) {
        return get(MESSAGES + "/" + STORED)
                .with("Prefer: " + prefer)
                .gets(200)
                .and("Preference-Applied: wait=" + seconds);
    }
}
