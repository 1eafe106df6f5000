"""A real HTTP server on 127.0.0.1 that speaks like an OpenAI-compatible endpoint, and misbehaves on purpose.

    with Misbehaving(lambda question: {"label": question[:2]}) as server:
        server.next(too_many(after=7), fails(500))      # these two calls, then good answers
        Chat(server.settings(), sleep=no_sleep) …
        assert server.calls == 4                        # one of them the probe

`refuses` names the forms of structured output that get a 400; `answer` gives what the model "says": an object, or any text.
"""

from __future__ import annotations

import gzip
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from extractor.settings import Secret, Settings

KEY = "sk-test-0f1e2d3c4b5a69788796a5b4c3d2e1f0"
MEGABYTE = 1_000_000
Answer = Callable[[str], Any]
Behaviour = Callable[["_Handler", dict[str, Any]], None]


class Misbehaving(ThreadingHTTPServer):
    """The server; `calls` counts completions asked for, `bodies` and `headers` are what came, `waiting` how many at once at most."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(
        self, answer: Answer | None = None, *, refuses: Iterable[str] = (), always: Behaviour | None = None
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer, self.refuses, self.always = answer or (lambda _: {}), set(refuses), always
        self.calls, self.most_at_once, self._at_once = 0, 0, 0
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.over = threading.Event()
        self._script: list[Behaviour] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is what several behaviours are for."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def settings(self, **options: Any) -> Settings:
        """Settings for this server, without a cache unless one is named."""
        given = {
            "model": "tiny",
            "base_url": self.url,
            "api_key": Secret(KEY),
            "cache": "off",
            "model_seconds": 20,
            "model_concurrency": 1,
        }
        return Settings(**{**given, **options})

    def next(self, *behaviours: Behaviour) -> None:
        """What the next calls meet, one each."""
        self._script.extend(behaviours)

    def questions(self) -> list[str]:
        """The question of each call, in the order they came."""
        return [question_in(body) for body in self.bodies]

    def serve(self, handler: _Handler, body: dict[str, Any]) -> None:
        with self._lock:
            self.calls += 1
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            self.bodies.append(body)
            self.headers.append({name.lower(): value for name, value in handler.headers.items()})
            probe = is_probe(body)
            behaviour = None if probe and not self.always else self._script.pop(0) if self._script else None
        try:
            if form_of(body) in self.refuses:
                handler.json(
                    400, {"error": {"message": f"{form_of(body)} is not supported: response_format"}}
                )
            else:
                (behaviour or self.always or good)(handler, body)
        finally:
            with self._lock:
                self._at_once -= 1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Misbehaving

    def log_message(self, *args: Any) -> None:
        """Quiet."""

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        self.server.serve(self, json.loads(self.rfile.read(length)))

    def raw(self, status: int, data: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def json(self, status: int, content: Any, headers: dict[str, str] | None = None) -> None:
        self.raw(status, json.dumps(content, ensure_ascii=False).encode(), "application/json", headers)


def form_of(body: dict[str, Any]) -> str:
    """The form of structured output that a request asks for."""
    if "tools" in body:
        return "tools"
    return str(body.get("response_format", {}).get("type", "text"))


def question_in(body: dict[str, Any]) -> str:
    """The first thing the user says."""
    return str(next(each["content"] for each in body["messages"] if each["role"] == "user"))


def is_probe(body: dict[str, Any]) -> bool:
    """Whether the chat tries out what the endpoint takes."""
    return "一加一" in question_in(body)


def completion(body: dict[str, Any], text: str, finish: str = "stop", usage: Any = None) -> dict[str, Any]:
    """A chat completion that says `text` in the form asked for."""
    message: dict[str, Any] = {"role": "assistant", "content": text}
    if form_of(body) == "tools":
        call = {"name": body["tools"][0]["function"]["name"], "arguments": text}
        message = {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "c1", "type": "function", "function": call}],
        }
    elif form_of(body) == "text":
        message["content"] = f"好的：\n```json\n{text}\n```"
    counted = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110} if usage is None else usage
    return {
        "id": "x",
        "object": "chat.completion",
        "created": 0,
        "model": body["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": counted,
    }


def good(handler: _Handler, body: dict[str, Any]) -> None:
    """The answer, as a well-behaved endpoint gives it."""
    said = (
        {"verdict": "right", "topic": "sum"} if is_probe(body) else handler.server.answer(question_in(body))
    )
    text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
    handler.json(200, completion(body, text))


def says(what: Any, finish: str = "stop", usage: Any = None) -> Behaviour:
    """This answer, whatever was asked: an object, or any text (broken JSON, invented numbers, wrong ids)."""
    text = what if isinstance(what, str) else json.dumps(what, ensure_ascii=False)
    return lambda handler, body: handler.json(200, completion(body, text, finish, usage))


def cut(text: str = '{"label": "a') -> Behaviour:
    """An answer that ends at the length limit."""
    return says(text, finish="length")


def slow(seconds: float) -> Behaviour:
    """A good answer, late."""

    def behaviour(handler: _Handler, body: dict[str, Any]) -> None:
        handler.server.over.wait(seconds)
        good(handler, body)

    return behaviour


def drips(seconds: float) -> Behaviour:
    """A byte now and then, so that no single read times out."""

    def behaviour(handler: _Handler, body: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        end = time.monotonic() + seconds
        while time.monotonic() < end and not handler.server.over.wait(0.05):
            handler.wfile.write(b" ")
            handler.wfile.flush()

    return behaviour


def never(handler: _Handler, body: dict[str, Any]) -> None:
    """No answer while the server lives."""
    handler.server.over.wait()
    handler.close_connection = True


def too_many(after: str | float | None = None) -> Behaviour:
    """429, with or without Retry-After."""
    headers = {} if after is None else {"Retry-After": str(after)}
    return lambda handler, _: handler.json(429, {"error": {"message": "slow down"}}, headers)


def fails(status: int, message: str = "internal error", **error: Any) -> Behaviour:
    """An HTTP error with a JSON body."""
    return lambda handler, _: handler.json(status, {"error": {"message": message, **error}})


def page(status: int = 200) -> Behaviour:
    """An HTML page, as gateways and login walls send."""
    html = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
    return lambda handler, _: handler.raw(status, html, "text/html")


def not_json(handler: _Handler, body: dict[str, Any]) -> None:
    """A body that says it is JSON and is not."""
    handler.raw(200, b'{"id": "x", "choices": [', "application/json")


def shaped(inner: str) -> Behaviour:
    """JSON that is no completion, whatever `inner` holds."""
    return lambda handler, _: handler.raw(200, f'{{"id": "x", {inner}}}'.encode(), "application/json")


def redirects(url: str) -> Behaviour:
    """Sends the client elsewhere."""
    return lambda handler, _: handler.raw(307, b"", "text/plain", {"Location": url})


def drops(handler: _Handler, body: dict[str, Any]) -> None:
    """Half an answer, then a reset connection."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"id": "x", "choices": [')
    handler.wfile.flush()
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def packed(megabytes: int = 0) -> Behaviour:
    """A compressed answer nobody asked for: a good one, or one that unpacks to so many megabytes."""

    def behaviour(handler: _Handler, body: dict[str, Any]) -> None:
        said = json.dumps(handler.server.answer(question_in(body)), ensure_ascii=False)
        text = json.dumps(completion(body, said), ensure_ascii=False) + " " * megabytes * MEGABYTE
        handler.raw(200, gzip.compress(text.encode()), "application/json", {"Content-Encoding": "gzip"})

    return behaviour


def huge(megabytes: int = 10, *, chunked: bool = False, status: int = 200) -> Behaviour:
    """An answer of many megabytes, announced or not."""

    def behaviour(handler: _Handler, body: dict[str, Any]) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        if chunked:
            handler.send_header("Transfer-Encoding", "chunked")
        else:
            handler.send_header("Content-Length", str(megabytes * MEGABYTE))
        handler.end_headers()
        handler.close_connection = True
        piece = b" " * 100_000
        for _ in range(megabytes * MEGABYTE // len(piece)):
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece)

    return behaviour
