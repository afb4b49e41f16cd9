"""The rules of the api that a JSON schema cannot say."""

import schemathesis
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.openapi.checks import JsonSchemaError, RejectedPositiveData

MAX_BYTES = 256
ATTRIBUTES = ("type", "key", "subject", "id", "source", "partitionkey")


@schemathesis.serializer("application/x-ndjson", "application/pdf", "text/markdown", "text/html")
def as_it_is(context, value):
    """Sends lines and documents, which schemathesis has no form for."""
    return {"data": value if isinstance(value, bytes) else str(value).encode(errors="replace")}


@schemathesis.hook
def before_call(context, case, kwargs):
    """Leaves an event one of its two ids, and many events their own, so that more of the good requests get through."""
    if case.meta and case.meta.generation.mode.is_positive and (has_two_ids(case) or has_key_of_many(case)):
        del case.headers["Idempotency-Key"]


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Drops a failure where a request that fits its schema was refused for breaking one of these rules, or the events in it were."""
    if isinstance(failure, JsonSchemaError) and is_stream(response):
        # The schema is that of the whole stream, as OpenAPI 3.1 has it. It is taken for that of each event.
        return False
    if isinstance(failure, RejectedPositiveData) and response.status_code == 400:
        return not (breaks_a_rule(case) or is_no_cloudevent(case, response) or asks_nothing(case, response))
    return not (isinstance(failure, AcceptedNegativeData) and refuses_events(case, response))


def is_stream(response):
    return any(value.startswith("text/event-stream") for value in response.headers.get("content-type", []))


def is_no_cloudevent(case, response):
    """Has a source or a time that a format of JSON Schema takes, and RFC 3986 or Java's years do not."""
    violations = response.json()["violations"] if case.media_type == "application/cloudevents+json" else []
    return bool(violations) and all(violation.get("pointer") in ("/source", "/time") for violation in violations)


def asks_nothing(case, response):
    """Has messages of which the last one of a user is no question, or none is of a user; or an n of 1.0."""
    refused = case.path == "/v1/chat/completions" and response.json()["error"]["param"] or ""
    return refused == "n" or refused.startswith("messages")


def refuses_events(case, response):
    """Is an answer to many events, which stand and fall one by one."""
    return case.path == "/api/v1/messages" and response.status_code == 202 and response.json().get("refused", 0) > 0


def breaks_a_rule(case):
    body = case.body if isinstance(case.body, dict) else {}
    query = case.query or {}
    return (
        # A length is in characters there, in bytes of UTF-8 here.
        any(is_too_long(part.get(name)) for part in (body, query) for name in ATTRIBUTES)
        # It has to be one that the api has given, with the same filters.
        or "cursor" in query
        or has_two_ids(case)
        or has_key_of_many(case)
        # Their order is that of time, which no schema compares.
        or any("since" in part and "until" in part for part in (body, query))
        # To JSON Schema, 30.0 is a whole number, too.
        or isinstance(body.get("limit"), float)
        or (case.path == "/api/v1/dead-letters/redrive" and redrives_wrongly(query))
    )


def redrives_wrongly(query):
    """Asks for everything at once, or in the way that cannot come to anything."""
    if not any(name in query for name in ("reason", "type", "key", "subject")):
        return True
    return "reason" in query and (query["reason"] == "rejected-by-database") == ("as" in query)


def has_two_ids(case):
    body = case.body if isinstance(case.body, dict) else {}
    return "Idempotency-Key" in (case.headers or {}) and body.get("id") is not None


def has_key_of_many(case):
    """Gives one key to a body that is no single event."""
    many = isinstance(case.body, list) or case.media_type == "application/x-ndjson"
    return case.path == "/api/v1/messages" and "Idempotency-Key" in (case.headers or {}) and many


def is_too_long(text):
    return isinstance(text, str) and len(text.encode(errors="surrogatepass")) > MAX_BYTES
