"""A model that speaks OpenAI's protocol, as a server at a free port, which it prints: cites the first passage, and breaks off what is asked with "cut"."""

import http.server
import json

ANSWER = ["Adults may take ", "up to 4 g of paracetamol ", "in 24 hours [1].", " Do not take", " more [1]."]


class Model(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.path == "/v1/chat/completions" and request["stream"], (self.path, request)
        assert self.headers["Authorization"] == "Bearer key-of-a-mock", self.headers
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        cut = "cut" in request["messages"][-1]["content"].rpartition("\n")[2]
        for part in ANSWER[:3] if cut else ANSWER:
            self.send_chunk({"content": part}, None)
        if not cut:
            self.send_chunk({}, "stop")
            self.send_data("[DONE]")

    def send_chunk(self, delta, reason):
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        self.send_data(json.dumps(chunk))

    def send_data(self, data):
        self.wfile.write(("data: " + data + "\n\n").encode())
        self.wfile.flush()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model)
print(server.server_port, flush=True)
server.serve_forever()
