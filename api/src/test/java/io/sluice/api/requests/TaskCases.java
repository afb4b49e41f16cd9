package io.sluice.api.requests;

import io.sluice.api.http.problems.ProblemCode;
import java.util.stream.Stream;

/** Requests for tasks, beside their content: {@code TaskContentTest} has that. */
final class TaskCases {

    private static final String TASKS = "/api/v1/tasks";
    private static final String TASK = TASKS + "/019b7ca9-8f2e-7d42-9b6a-000000000000";
    private static final String PATCH = "Content-Type: application/merge-patch+json";
    private static final String JSON = "Content-Type: application/json";
    private static final String BODY = "{'title':'a'}";

    private TaskCases() {}

    static Stream<Case> cases() {
        return Stream.of(
                Request.get("/api/tasks").gets(200),
                Request.of("POST", TASKS).with(JSON).sending(BODY).gets(201),
                Request.of("POST", "/api/tasks/").with(JSON).sending(BODY).gets(201),
                Request.of("POST", TASKS)
                        .sending(BODY)
                        .isRefused(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "application/json"),
                Request.of("POST", TASKS).with(JSON).sending("{}").breaks("/title", "is missing"),
                Request.of("POST", TASKS)
                        .with(JSON)
                        .with("Idempotency-Key: a\tb")
                        .sending(BODY)
                        .breaks("Idempotency-Key:", "printable"),
                Request.get(TASK).isRefused(ProblemCode.NOT_FOUND, "no task of this id"),
                Request.get(TASKS + "/1").breaks("?id", "must be the id of a task"),
                Request.get(TASK).with("If-None-Match: 3").breaks("If-None-Match:", "must be * or entity tags"),
                Request.get(TASK)
                        .with("If-None-Match: \"3\" \"4\"")
                        .breaks("If-None-Match:", "must be * or entity tags"),
                Request.get(TASK).with("If-None-Match: ,").breaks("If-None-Match:", "must be * or entity tags"),
                Request.of("PUT", TASK)
                        .with(JSON)
                        .sending(BODY)
                        .isRefused(ProblemCode.PRECONDITION_REQUIRED, "Send the header If-Match"),
                Request.of("PUT", TASK)
                        .with(JSON)
                        .with("If-Match: 3")
                        .sending(BODY)
                        .breaks("If-Match:", "must be * or entity tags"),
                Request.of("PUT", TASK)
                        .with(JSON)
                        .with("If-Match: *")
                        .sending(BODY)
                        .isRefused(ProblemCode.NOT_FOUND, "no task of this id"),
                Request.of("PATCH", TASK)
                        .with(JSON)
                        .with("If-Match: *")
                        .sending(BODY)
                        .isRefused(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "application/merge-patch+json"),
                Request.of("PATCH", TASK)
                        .with(PATCH)
                        .with("If-Match: *")
                        .sending("[]")
                        .breaks("body", "must be one JSON object"),
                Request.of("PATCH", TASK)
                        .with(PATCH)
                        .with("If-Match: *")
                        .sending("{'title':'a','title':'b'}")
                        .breaks("/title", "stands twice"),
                Request.of("PATCH", TASK)
                        .with(PATCH)
                        .with("If-Match: *")
                        .sending(BODY)
                        .isRefused(ProblemCode.NOT_FOUND, "no task of this id"),
                Request.of("DELETE", TASK).isRefused(ProblemCode.NOT_FOUND, "no task of this id"),
                Request.of("POST", TASK + "/complete").isRefused(ProblemCode.NOT_FOUND, "no task of this id"),
                Request.of("POST", TASK + "/reopen?x=1").breaks("?x", "is unknown"),
                Request.of("POST", TASK + "/finish").isRefused(ProblemCode.NOT_FOUND, "/openapi lists"),
                Request.of("PATCH", TASKS).isRefused(ProblemCode.METHOD_NOT_ALLOWED, "GET, HEAD, OPTIONS, POST"),
                Request.get(TASKS + "?status=done").breaks("?status", "must be one of open, completed"),
                Request.get(TASKS + "?due_before=tomorrow").breaks("?due_before", "must be a date"),
                Request.get(TASKS + "?due_before=2026-02-30").breaks("?due_before", "must be a date"),
                Request.get(TASKS + "?sort=title").breaks("?sort", "must be one of created, -created"),
                Request.get(TASKS + "?q=").breaks("?q", "must not be empty"),
                Request.get(TASKS + "?tag=%00").breaks("?tag", "control characters"),
                Request.get(TASKS + "?limit=101").breaks("?limit", "from 1 to 100"),
                Request.get(TASKS + "?cursor=x").breaks("?cursor", "must be the cursor"));
    }
}
