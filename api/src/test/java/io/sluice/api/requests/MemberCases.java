package io.sluice.api.requests;

import static io.sluice.api.requests.Request.post;

import io.sluice.api.http.problems.ProblemCode;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The members of a body, their types and their limits; ids have {@link IdCases} of their own. */
final class MemberCases {

    private static final String KNOWN = "is unknown; known are id, type, key, subject, payload";

    private MemberCases() {}

    static Stream<Case> cases() {
        return Stream.of(members(), Stream.of("type", "key", "subject").flatMap(MemberCases::attribute))
                .flatMap(cases -> cases);
    }

    private static Stream<Case> members() {
        return Stream.of(
                post("{'payload':1,'id':null,'type':null,'key':null,'subject':null}")
                        .gets(202),
                post("{}").breaks("/payload", "is missing; it may be any JSON value, null included"),
                post("{'key':'a'}").breaks("/payload", "is missing"),
                post("{'payload':1,'payload':1}").breaks("/payload", "stands twice; leave one of them out"),
                post("{'payload':1,'p\\u0061yload':2}").breaks("/payload", "stands twice"),
                post("{'payload':1,'key':'a','key':'a'}").breaks("/key", "stands twice"),
                post("{'payload':1,'Key':'a'}").breaks("/Key", KNOWN),
                post("{'payload':1,'':1}").breaks("/", KNOWN),
                post("{'payload':1,'a/b~c':1}").breaks("/a~1b~0c", KNOWN),
                post("{'payload':1,'\\u0000':1}").breaks("/\0", KNOWN),
                post("{'payload':1,'\\ud800':1}").breaks("/?", KNOWN),
                post("{'payload':1,'a" + "\ud83d\ude00".repeat(60) + "':1}")
                        .breaks("/a" + "\ud83d\ude00".repeat(49) + "?…", KNOWN),
                post("{'payload':1,'" + "n".repeat(300_000) + "':1}").breaks("/" + "n".repeat(100) + "…", KNOWN),
                post("{'payload':1,'type':'task.completed'}")
                        .isRefused(ProblemCode.RESERVED_TYPE, "choose another type"),
                post("{'id':1,'type':2,'key':3,'subject':4}")
                        .breaks("/id", "The request breaks 5 rules; see violations.")
                        .and("/type", "must be a string")
                        .and("/key", "must be a string")
                        .and("/subject", "must be a string")
                        .and("/payload", "is missing"),
                unknown(21));
    }

    private static Case unknown(int count) {
        StringBuilder body = new StringBuilder("{'payload':1");
        IntStream.range(0, count).forEach(i -> body.append(",'m").append(i).append("':1"));
        Case line = post(body + "}").breaks("/m0", "breaks " + count + " rules; see violations for the first 20.");
        for (int i = 1; i < 20; i++) {
            line = line.and("/m" + i, KNOWN);
        }
        return line;
    }

    private static Stream<Case> attribute(String name) {
        return Stream.of(
                with(name, "' '").gets(202),
                with(name, "'a/b~c \\u00e4 \\ud83d\\ude00 \u2028'").gets(202),
                with(name, "'" + "a".repeat(256) + "'").gets(202),
                with(name, "'" + "\u00e4".repeat(128) + "'").gets(202),
                with(name, "'" + "\\ud83d\\ude00".repeat(64) + "'").gets(202),
                isWrong(name, "'" + "a".repeat(257) + "'", "must have at most 256 bytes in UTF-8, but has 257"),
                isWrong(name, "'a" + "\u00e4".repeat(128) + "'", "must have at most 256 bytes in UTF-8, but has 257"),
                isWrong(name, "'" + "\ud83d\ude00".repeat(65) + "'", "at most 256 bytes in UTF-8, but has 260"),
                isWrong(name, "''", "must not be empty; leave it out instead"),
                isWrong(name, "'a\\u0000'", "must not contain control characters, but has U+0000"),
                isWrong(name, "'a\\tb'", "must not contain control characters, but has U+0009"),
                isWrong(name, "'\\u007f'", "must not contain control characters, but has U+007F"),
                isWrong(name, "'\u0085'", "must not contain control characters, but has U+0085"),
                isWrong(name, "'\\ud83d'", "must not contain half of a surrogate pair, but has U+D83D"),
                isWrong(name, "'a\\ude00b'", "must not contain half of a surrogate pair, but has U+DE00"),
                isWrong(name, "'\\ude00\\ud83d'", "must not contain half of a surrogate pair"),
                isWrong(name, "1", "must be a string"),
                isWrong(name, "true", "must be a string"),
                isWrong(name, "['a']", "must be a string"),
                isWrong(name, "{'a':'b'}", "must be a string"));
    }

    private static Request with(String name, String value) {
        return post("{'payload':1,'" + name + "':" + value + "}");
    }

    private static Case isWrong(String name, String value, String detail) {
        return with(name, value).breaks("/" + name, detail);
    }
}
