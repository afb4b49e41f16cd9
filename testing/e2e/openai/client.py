"""Asks about a document with the official client: python client.py URL TOKEN TOKEN-WITHOUT-THE-SCOPE."""

import asyncio
import json
import sys
import time
import urllib.request

import openai

QUESTION = "How much paracetamol may adults take?"
SENTENCE = "Adults may take up to 4 g of paracetamol in 24 hours."
TEXT = "# Paracetamol\n\n" + SENTENCE + " Do not take more.\n\n# Visitors\n\nThe ward is open from nine to five.\n"


def store(url, token):
    """Uploads the document, and waits until it is read."""
    headers = {"Authorization": "Bearer " + token, "Content-Type": "text/markdown"}
    upload = urllib.request.Request(url + "/api/v1/documents?name=doses.md", TEXT.encode(), headers)
    document = json.load(urllib.request.urlopen(upload))
    deadline = time.monotonic() + 120
    while document["status"] != "ready":
        assert document["status"] in ("queued", "running") and time.monotonic() < deadline, document
        time.sleep(0.5)
        read = urllib.request.Request(url + "/api/v1/documents/" + document["id"], headers=headers)
        document = json.load(urllib.request.urlopen(read))
    return document["id"]


def messages(question=QUESTION):
    return [
        {"role": "system", "content": "Answer briefly."},
        {"role": "user", "content": "Hello."},
        {"role": "assistant", "content": "Not found in the documents."},
        {"role": "user", "content": question},
    ]


def check_whole(completion, document):
    assert SENTENCE in completion.choices[0].message.content, completion
    assert completion.choices[0].finish_reason == "stop"
    assert completion.usage.total_tokens > 10
    # Members that OpenAI does not have.
    assert completion.found is True
    assert completion.sources[0]["documentId"] == document, completion.sources
    print("whole:", completion.choices[0].message.content)


def check_chunks(chunks):
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert SENTENCE in text, text
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == "stop"
    assert chunks[0].sources[0]["quote"] == SENTENCE
    assert chunks[-1].usage.total_tokens > 10 and not chunks[-1].choices
    print("streamed:", len(chunks), "chunks")


def check_refusal(expected, code, param, call):
    try:
        call()
    except openai.APIStatusError as e:
        assert type(e) is expected, repr(e)
        assert (e.code, e.param) == (code, param), (e.code, e.param, e.message)
        print(type(e).__name__ + ":", e.body["message"])
    else:
        raise AssertionError("not refused: " + code)


def check_refusals(url, client, forbidden):
    def ask(client=client, model="sluice", **members):
        return client.chat.completions.create(model=model, messages=messages(), **members)

    stranger = openai.OpenAI(base_url=url + "/v1", api_key="sk-wrong", max_retries=0)
    forbidden = openai.OpenAI(base_url=url + "/v1", api_key=forbidden, max_retries=0)
    check_refusal(openai.AuthenticationError, "invalid_api_key", None, lambda: ask(stranger))
    check_refusal(openai.PermissionDeniedError, "forbidden", None, lambda: ask(forbidden))
    check_refusal(openai.NotFoundError, "model_not_found", "model", lambda: ask(model="gpt-5"))
    check_refusal(openai.NotFoundError, "model_not_found", "model", lambda: client.models.retrieve("gpt-5"))
    check_refusal(openai.NotFoundError, "not_found", None, lambda: client.embeddings.create(model="sluice", input="a"))
    check_refusal(openai.BadRequestError, "invalid_request", "n", lambda: ask(n=2, stream=True))
    check_refusal(openai.BadRequestError, "invalid_request", "tools", lambda: ask(tools=[{"type": "function"}]))
    check_refusal(openai.RateLimitError, "rate_limit_exceeded", None, lambda: [client.models.list() for _ in range(1000)])


async def check_asynchronous(url, token, document):
    async with openai.AsyncOpenAI(base_url=url + "/v1", api_key=token) as client:
        check_whole(await client.chat.completions.create(model="sluice", messages=messages()), document)
        stream = await client.chat.completions.create(
            model="sluice", messages=messages(), stream=True, stream_options={"include_usage": True}
        )
        check_chunks([chunk async for chunk in stream])


def main(url, token, forbidden):
    document = store(url, token)
    client = openai.OpenAI(base_url=url + "/v1", api_key=token, max_retries=0)
    assert [model.id for model in client.models.list()] == ["sluice"]
    assert client.models.retrieve("sluice").owned_by == "sluice"
    parts = [{"type": "text", "text": QUESTION}]
    check_whole(client.chat.completions.create(model="sluice", messages=messages(parts), temperature=0, max_tokens=9), document)
    elsewhere = client.chat.completions.create(
        model="sluice", messages=messages(), extra_body={"documents": ["019b7ca9-8f2e-7d42-9b6a-000000000000"]}
    )
    assert elsewhere.found is False and elsewhere.sources == [], elsewhere
    with client.chat.completions.create(
        model="sluice", messages=messages(), stream=True, stream_options={"include_usage": True}
    ) as stream:
        check_chunks(list(stream))
    asyncio.run(check_asynchronous(url, token, document))
    check_refusals(url, client, forbidden)


if __name__ == "__main__":
    main(*sys.argv[1:])
