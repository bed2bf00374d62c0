"""Our style in the document that the server sends, so that what a person sees first does not jump later.

Streamlit would apply it only when its script has run.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_END_OF_HEAD = b"</head>"
_OF_THE_FILE_SENT = ("etag", "last-modified", "accept-ranges")
"""Headers that describe the document without the style."""


class PageStyle:
    """ASGI middleware that puts a style sheet into the head of every HTML document.

    A browser that asks for a document gets it uncompressed: it is small, and only so can it be written into.
    """

    def __init__(self, app: ASGIApp, css: str) -> None:
        """Wrap the application; ``css`` is the text of the style sheet."""
        self.app = app
        self.style = b"<style>" + css.encode() + b"</style>"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and style its answer."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        start: Message | None = None
        body = b""
        if MutableHeaders(scope=scope).get("accept", "").startswith("text/html"):
            scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}

        async def styled(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_document(message):
                start = message
            elif start is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body"):
                    await self._send_styled(start, body, send)

        await self.app(scope, receive, styled)

    async def _send_styled(self, start: Message, body: bytes, send: Send) -> None:
        body = body.replace(_END_OF_HEAD, self.style + _END_OF_HEAD, 1)
        headers = MutableHeaders(scope=start)
        headers["content-length"] = str(len(body))
        for name in _OF_THE_FILE_SENT:
            del headers[name]
        await send(start)
        await send({"type": "http.response.body", "body": body})


def _is_document(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    is_html = headers.get("content-type", "").startswith("text/html")
    return bool(start["status"] == 200 and is_html and "content-encoding" not in headers)
