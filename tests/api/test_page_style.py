"""The style sheet reaches documents, and nothing else is touched."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.api.page_style import PageStyle

CSS = "p { color: red }"
HEADERS = [(b"accept", b"text/html,*/*"), (b"accept-encoding", b"gzip")]
PAGE = "<html><head><title>é</title></head><body>x</body></html>"


def answer(app: ASGIApp, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of what a browser gets for the answer of an application."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": method, "path": "/", "headers": list(HEADERS), "query_string": b""}
    with ThreadPoolExecutor(1) as apart:  # in the thread of the tests the browser's loop may be running
        apart.submit(asyncio.run, PageStyle(app, CSS)(scope, receive, send)).result()
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:])


def test_a_document_gets_the_style_and_headers_that_fit_it() -> None:
    status, headers, body = answer(HTMLResponse(PAGE, headers={"etag": "x", "last-modified": "y"}))
    assert status == 200
    assert body.decode() == PAGE.replace("</head>", f"<style>{CSS}</style></head>")
    assert headers["content-length"] == str(len(body))
    assert "etag" not in headers
    assert "last-modified" not in headers


def test_a_document_is_asked_for_uncompressed() -> None:
    asked: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(scope)
        await HTMLResponse(PAGE)(scope, receive, send)

    answer(app)
    assert asked[0]["headers"] == HEADERS[:1]


def test_a_document_in_pieces_is_put_together() -> None:
    async def in_pieces(_scope: Scope, _receive: Receive, send: Send) -> None:
        page = PAGE.encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        for at in range(0, len(page), 7):
            await send({"type": "http.response.body", "body": page[at : at + 7], "more_body": at + 7 < len(page)})

    _status, _headers, body = answer(in_pieces)
    assert body.decode().count(CSS) == 1
    assert body.decode().endswith("</html>")


@pytest.mark.parametrize(
    "response",
    [
        PlainTextResponse(PAGE),
        HTMLResponse(PAGE, status_code=404),
        HTMLResponse(PAGE, headers={"content-encoding": "gzip"}),
    ],
)
def test_everything_else_is_passed_on(response: Response) -> None:
    status, headers, body = answer(response)
    assert (status, body.decode()) == (response.status_code, PAGE)
    assert headers["content-length"] == str(len(body))


def test_a_question_for_the_headers_alone_is_passed_on() -> None:
    assert answer(HTMLResponse(PAGE), "HEAD")[2].decode() == PAGE
