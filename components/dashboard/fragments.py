"""Pieces of a page written as HTML: Jinja templates, in which every value is escaped, shown by one small component.

Links inside a piece lead to other pages without loading the site anew; opened in a new tab they are ordinary addresses.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, TypeVar

import jinja2
import numpy as np
import numpy.typing as npt
import streamlit as st

from components import words
from components.charts.palette import EDGE, FILL, INK
from components.dashboard import addresses
from components.ledger.vocabulary import STATUSES, SYMBOLS
from components.words import _

Rows = TypeVar("Rows", list[dict[Any, Any]], npt.NDArray[np.int64])

ASSETS = Path(__file__).parent / "assets"


def read_asset(name: str) -> str:
    """The text of a file in ``assets``."""
    return (ASSETS / name).read_text(encoding="utf-8")


def status_css() -> str:
    """The colours of the statuses as CSS classes ``s-STATUS``."""
    return "\n".join(
        f".s-{status} {{ background: {FILL[status]}; color: {INK[status]}; border-color: {EDGE}; }}"
        for status in STATUSES
    )


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(words._, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(symbols=SYMBOLS, words=words, address=addresses.page_address)
    return environment


_COMPONENT = st.components.v2.component(
    "follow_through_fragment",
    html="<div class='fragment'></div>",
    css=read_asset("base.css") + status_css() + read_asset("fragment.css"),
    js=read_asset("links.js") + read_asset("fragment.js"),
)


def render(template: str, **values: Any) -> str:
    """The HTML of a template."""
    return _environment().get_template(template).render(**values)


def show(template: str, key: str, **values: Any) -> None:
    """Show a template on the page."""
    _COMPONENT(key=key, data={"html": render(template, **values)})


def note(text: str, key: str) -> None:
    """A quiet line of text; Streamlit's own caption is too pale to read."""
    show("note.html", key=key, text=text)


def nothing(sentence: str, title: str = "") -> None:
    """Say that there is nothing to show and why; without a title it is the filters that leave nothing."""
    show("nothing.html", key="nothing", sentence=sentence, title=title)


def linked(text: str, **parts: tuple[str, str]) -> list[tuple[str, str]]:
    """A sentence in pieces (words, address or ''): each ``{name}`` in ``text`` is replaced by its part."""
    pieces = []
    for literal, name, _spec, _conversion in Formatter().parse(text):
        pieces.append((literal, ""))
        if name:
            pieces.append(parts[name])
    return [piece for piece in pieces if piece[0]]


def listed(rows: Rows, key: str, at_most: int = 300) -> Rows:
    """The rows that a page lists: all, or the first of them with a line that says so. Downloads give them all."""
    if len(rows) > at_most:
        text = _("The first {shown} of {count} are listed; narrow the filters or download them all.")
        note(text.format(shown=at_most, count=len(rows)), key=key)
    return rows[:at_most]
