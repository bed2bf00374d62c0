"""Addresses that lead nowhere get a page that says so; Streamlit would show its first page under them."""

from __future__ import annotations

import html
from collections.abc import Collection

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from components.words import _

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title} · Follow-Through</title>
<style>:root{{color-scheme:light dark}}
body{{font:17px/1.5 Georgia,serif;max-width:38em;margin:12vh auto;padding:0 1.2em;
background:light-dark(#FBFAF7,#14171B);color:light-dark(#1A1A1A,#ECEAE4)}}
a{{color:light-dark(#1B5C9A,#8CC3F0)}}</style>
<main><h1>{title}</h1><p>{text}</p><p><a href="{home}">{link}</a></p></main></html>"""


class UnknownAddress:
    """ASGI middleware that answers a visit to a page that does not exist with status 404 and a way on."""

    def __init__(self, app: ASGIApp, pages: Collection[str], base: str = "") -> None:
        """``pages``: the paths that exist below ``base``, the sub-path under which the app is served."""
        self.app = app
        self.home = f"/{base.strip('/')}/" if base.strip("/") else "/"
        self.pages = {self.home.rstrip("/"), *(f"{self.home}{page}".rstrip("/") for page in pages)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        if scope["type"] == "http" and self._is_visit_to_nowhere(Request(scope)):
            page = _PAGE.format(
                title=_("There is no such page"),
                text=html.escape(_("Nothing is served under {path}.").format(path=scope["path"])),
                home=self.home,
                link=_("Go to the overview"),
            )
            await HTMLResponse(page, status_code=404)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _is_visit_to_nowhere(self, request: Request) -> bool:
        """Whether a person's browser asks for a page, not a file or an endpoint, that is none of ours."""
        path = request.url.path.rstrip("/")
        wants_page = request.method == "GET" and request.headers.get("accept", "").startswith("text/html")
        is_file = "." in path.rpartition("/")[2] or "/_stcore/" in path or "/api/" in path
        return wants_page and not is_file and path not in self.pages
