package io.sluice.api.requests;

import static io.sluice.api.http.problems.ProblemCode.NOT_FOUND;
import static io.sluice.api.requests.Request.MESSAGES;
import static io.sluice.api.requests.Request.get;
import static io.sluice.api.requests.Request.post;

import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** Ids, in a body and in a path: RFC 9562. */
final class IdCases {

    private static final String VERSION_4 = UUID.randomUUID().toString();
    private static final String VERSION_7 = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";
    private static final String VERSION_5 = "a987fbc9-4bed-5078-9f07-9141ba07c9f3";

    private IdCases() {}

    static Stream<Case> cases() {
        return Stream.concat(
                Stream.of(
                        posted(VERSION_4).gets(202),
                        posted(VERSION_7).gets(202),
                        posted(VERSION_7.toUpperCase(Locale.ROOT)).gets(202),
                        posted(VERSION_5).breaks("/id", "must be a UUID of version 4 or 7 in its canonical form"),
                        post("{'payload':1,'id':7}").breaks("/id", "must be a string"),
                        post("{'payload':1,'id':{}}").breaks("/id", "must be a string"),
                        posted("").breaks("/id", "must be a UUID of version 4 or 7"),
                        posted(VERSION_7 + " ").breaks("/id", "must be a UUID of version 4 or 7"),
                        read(VERSION_5).isRefused(NOT_FOUND, "wait for it with the header Prefer: wait=5"),
                        read(UUID.randomUUID().toString().toUpperCase(Locale.ROOT))
                                .isRefused(NOT_FOUND, "wait for it"),
                        read(UUID.randomUUID() + "/").isRefused(NOT_FOUND, "wait for it"),
                        read(VERSION_5 + "/status")
                                .isRefused(NOT_FOUND, "Nothing is known of an event that you have sent"),
                        read("42/status").breaks("?id", "must be the id of an event"),
                        read(VERSION_5 + "/status?a=b").breaks("?a", "there are no parameters here"),
                        read("%20" + VERSION_7).breaks("?id", "must be the id of an event"),
                        read("%00").breaks("?id", "must be the id of an event"),
                        read("{" + VERSION_7 + "}").breaks("?id", "must be the id of an event")),
                Stream.of(
                                "c232ab00-9414-11ec-b3c8-9f6bdeced846", // version 1
                                "5df41881-3aed-3515-88a7-2f4a814cf09e", // version 3
                                "1ec9414c-232a-6b00-b3c8-9f6bdeced846", // version 6
                                "320c3d4d-cc00-875b-8ec9-32d5f69181c0", // version 8
                                "0190a1b2-c3d4-7e5f-0a9b-0c1d2e3f4a5b", // variant of NCS
                                "0190a1b2-c3d4-7e5f-ca9b-0c1d2e3f4a5b", // variant of Microsoft
                                "00000000-0000-0000-0000-000000000000",
                                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                                "0190a1b2c3d47e5f8a9b0c1d2e3f4a5b",
                                "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5",
                                "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5bc",
                                "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5g",
                                "190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
                                "1-1-7000-8000-1",
                                "urn:uuid:0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
                                "42")
                        .flatMap(id -> Stream.of(
                                posted(id).breaks("/id", "must be a UUID of version 4 or 7 in its canonical form"),
                                read(id).breaks("?id", "must be the id of an event: a UUID of version 4, 5 or 7"))));
    }

    private static Request posted(String id) {
        return post("{'payload':1,'id':'" + id + "'}");
    }

    private static Request read(String id) {
        return get(MESSAGES + "/" + id);
    }
}
