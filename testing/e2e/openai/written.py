"""Has a model write the answers, and reads them with the official client: python written.py URL TOKEN, where the model is model.py."""

import asyncio
import sys

import openai
from client import SENTENCE, messages, store

TEXT = "Adults may take up to 4 g of paracetamol in 24 hours [1]. Do not take more [1]."


def check_whole(completion, document):
    assert completion.choices[0].message.content == TEXT, completion
    assert completion.choices[0].finish_reason == "stop"
    assert (completion.mode, completion.found) == ("generative", True), completion
    assert completion.sources[0]["documentId"] == document and SENTENCE in completion.sources[0]["quote"]
    print("written:", completion.choices[0].message.content)


def check_chunks(chunks):
    parts = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices and chunk.choices[0].delta.content]
    assert "".join(parts) == TEXT and len(parts) > 1, parts
    assert chunks[0].sources[0]["number"] == 1
    assert [(chunk.mode, chunk.found) for chunk in chunks if chunk.choices and chunk.choices[0].finish_reason] == [("generative", True)]
    print("written and streamed:", len(parts), "parts")


def check_cut(client):
    """What the model has not ended is never shown as complete."""
    stream = client.chat.completions.create(model="sluice", messages=messages("How much paracetamol? cut"), stream=True)
    chunks = []
    try:
        for chunk in stream:
            chunks.append(chunk)
    except openai.APIError as e:
        assert e.code == "answer_interrupted", repr(e)
        assert not any(chunk.choices and chunk.choices[0].finish_reason for chunk in chunks), chunks
        print("cut off:", e.message)
    else:
        raise AssertionError("not raised: " + str(chunks))


async def check_asynchronous(url, token):
    async with openai.AsyncOpenAI(base_url=url + "/v1", api_key=token) as client:
        stream = await client.chat.completions.create(model="sluice", messages=messages(), stream=True)
        check_chunks([chunk async for chunk in stream])


def main(url, token):
    document = store(url, token)
    client = openai.OpenAI(base_url=url + "/v1", api_key=token, max_retries=0)
    check_whole(client.chat.completions.create(model="sluice", messages=messages()), document)
    with client.chat.completions.create(model="sluice", messages=messages(), stream=True) as stream:
        check_chunks(list(stream))
    asyncio.run(check_asynchronous(url, token))
    check_cut(client)


main(*sys.argv[1:])
