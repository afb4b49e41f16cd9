"""Posts a CloudEvent in each content mode by the Python SDK; prints the status and what was answered.

Usage: post_cloud_events.py URL ID SOURCE
"""

import json
import sys
import urllib.request

from cloudevents.core.bindings.http import to_binary_event, to_structured_event
from cloudevents.core.v1.event import CloudEvent

url, event_id, source = sys.argv[1:]


def event(id):
    return CloudEvent(
        attributes={
            "specversion": "1.0",
            "id": id,
            "source": source,
            "type": "order.placed",
            "subject": "Bücher & mehr",
            "partitionkey": "order-42",
            "datacontenttype": "application/json",
        },
        data={"total": 99.5},
    )


def post(headers, body):
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")
    with urllib.request.urlopen(request) as answer:
        said = json.load(answer)
        print(answer.status, said["id"] if "id" in said else said["accepted"])


def as_bytes(body):
    return body.encode("utf-8") if isinstance(body, str) else body


for message in (to_binary_event(event(event_id)), to_structured_event(event(event_id))):
    post(dict(message.headers), as_bytes(message.body))

batch = b"[" + b",".join(as_bytes(to_structured_event(event(id)).body) for id in (event_id, event_id + "-2")) + b"]"
post({"content-type": "application/cloudevents-batch+json"}, batch)
