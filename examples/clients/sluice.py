#!/usr/bin/env python3
"""Posts events to Sluice and follows them, with nothing but Python's standard library (3.9 or newer).

    sluice.py post KEY EVENT           posts an event, a JSON object, under an Idempotency-Key
    sluice.py bulk FILE                posts each line of a file, an event with an id
    sluice.py follow FILE [NAME=TEXT]  prints events as they come; FILE keeps the position, NAME=TEXT are filters

SLUICE_URL is where the api is, SLUICE_TOKEN the bearer token, where it asks for one.
"""

import http.client
import json
import math
import os
import random
import sys
import time
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

MESSAGES = os.environ.get("SLUICE_URL", "http://localhost:8080") + "/api/v1/messages"
GIVE_UP_AFTER = 120  # seconds without progress
PART = 1 << 20  # bytes of a file in a request, up to the end of a line
SILENCE = 45  # seconds; a stream has a heartbeat every 15


class Failure(Exception):
    """No answer, with the status 0, or another one than 2xx."""

    def __init__(self, status, text, retry_after=None):
        super().__init__(text)
        self.status = status
        self.retry_after = retry_after

    def may_be_repeated(self):
        return self.status in (0, 408, 429) or self.status >= 500


class Backoff:
    def __init__(self, give_up_after):
        self.give_up_after = give_up_after
        self.progress()

    def progress(self):
        self.failures = 0
        self.deadline = time.monotonic() + self.give_up_after

    def wait(self, failure):
        # By chance, so that clients that failed together do not come back together.
        seconds = random.uniform(0, min(30, 0.5 * 2 ** min(self.failures, 6)))
        if (failure.retry_after or "").isdigit():
            seconds += int(failure.retry_after)
        self.failures += 1
        if not failure.may_be_repeated() or time.monotonic() + seconds > self.deadline:
            raise failure
        print(f"again in {seconds:.1f} s: {failure}", file=sys.stderr)
        time.sleep(seconds)


def attempt(url, headers, timeout, use, body=None):
    """Gives the response to use(), and closes it. The timeout is of each read, in seconds."""
    if token := os.environ.get("SLUICE_TOKEN"):
        headers = {**headers, "Authorization": "Bearer " + token}
    try:
        try:
            with urlopen(Request(url, body, headers), timeout=timeout) as response:
                return use(response)
        except HTTPError as error:
            with error:
                raise Failure(error.code, error.read().decode(), error.headers["Retry-After"]) from None
    except (OSError, http.client.HTTPException) as error:
        raise Failure(0, repr(error)) from None


def read(response):
    return response.read().decode()


def post(key, event):
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    backoff = Backoff(GIVE_UP_AFTER)
    while True:
        try:
            return attempt(MESSAGES, headers, 10, read, event.encode())
        except Failure as failure:
            backoff.wait(failure)


def bulk(file):
    """Returns how many lines are acknowledged, and of those that were refused (100 a request) number and problem."""
    headers = {"Content-Type": "application/x-ndjson"}
    done, refused = 0, []
    while lines := file.readlines(PART):
        backoff = Backoff(GIVE_UP_AFTER)
        while lines:
            failed = None
            try:
                result = json.loads(attempt(MESSAGES, headers, 30, read, b"".join(lines)))
                through = len(lines)
            except Failure as failure:
                failed, result = failure, progress(failure)
                through = result["acknowledgedThrough"]
            # What is behind it is sent again, and told again.
            refused += [(done + r["position"], r["problem"]) for r in result["refusals"] if r["position"] <= through]
            done += through
            lines = lines[through:]
            if through:
                backoff.progress()
            if failed and lines:
                backoff.wait(failed)
    return done, refused


def progress(failure):
    try:
        return json.loads(str(failure))["progress"]
    except (ValueError, KeyError, TypeError):
        # There was no answer, or one of a proxy: all is sent again, and stored once because of its ids.
        return {"acknowledgedThrough": 0, "refusals": []}


def follow(file, filters):
    backoff = Backoff(math.inf)

    def take(response):
        for position, kind, data in events(response):
            if kind == "message":
                # A line feed between the parts of a payload is as good as a blank.
                print(data.replace("\n", " "), flush=True)
            elif kind == "gap":
                print(f"lost: {data}", file=sys.stderr)
            # Behind the event is dealt with: after a crash it comes again. A file is replaced as a whole.
            with open(file + ".new", "w") as new:
                new.write(position)
            os.replace(new.name, file)
            backoff.progress()

    while True:
        headers = {"Accept": "text/event-stream"}
        if os.path.exists(file):
            with open(file) as old:
                headers["Last-Event-ID"] = old.read()
        try:
            attempt(f"{MESSAGES}/stream?{urlencode(filters)}", headers, SILENCE, take)
            backoff.wait(Failure(0, "the stream has ended"))
        except Failure as failure:
            backoff.wait(failure)


def events(response):
    """Yields id, event and data of server-sent events; one without its blank line was broken off, and is dropped."""
    fields = {}
    for line in response:
        name, _, value = line.decode().rstrip("\r\n").partition(":")
        value = value.removeprefix(" ")
        if name == "data" and "data" in fields:
            fields["data"] += "\n" + value
        elif name:
            fields[name] = value
        elif fields:
            yield fields.get("id", ""), fields.get("event", "message"), fields.get("data", "")
            fields = {}


def main(command=None, first="", *others):
    try:
        if command == "post" and len(others) == 1:
            print(post(first, others[0]))
        elif command == "bulk" and not others:
            with open(first, "rb") as file:
                done, refused = bulk(file)
            for number, problem in refused:
                print(f"line {number}: {problem['detail']}", file=sys.stderr)
            print(f"{done} lines acknowledged, {len(refused)} of them refused")
        elif command == "follow":
            follow(first, [tuple(pair.split("=", 1)) for pair in others])
        else:
            sys.exit(__doc__)
    except Failure as failure:
        sys.exit(str(failure))
    except KeyboardInterrupt:
        sys.exit(130)


main(*sys.argv[1:])
