"""The frame that every chart stands in: its question, the filters in force, how to read it, a table twin, downloads."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urljoin, urlsplit

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components import words
from components.dashboard import shared
from components.dashboard.downloads import csv_button
from components.dashboard.fragments import note, read_asset, show
from components.dashboard.release_words import release_words
from components.ledger.dataset import Ledger
from components.ledger.selection import Selection
from components.words import _

_PRINTABLE = 160
"""Characters of an address that can stand under a picture."""
_PICTURES = st.components.v2.component(
    "follow_through_pictures",
    html="<div class='pictures'></div>",
    css=read_asset("base.css") + read_asset("picture.css"),
    js=read_asset("picture.js") + read_asset("chart_picture.js"),
)


def picture_words() -> dict[str, str]:
    """The words on the buttons for pictures."""
    return {"png": _("PNG"), "svg": _("SVG")}


def _address() -> str:
    """The address of the page with everything chosen on it, or of the first page if that is too long to print."""
    here = urlsplit(st.context.url or "")._replace(query="", fragment="").geturl()
    pairs = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    whole = f"{here}?{urlencode(pairs)}" if pairs else here
    return whole if len(whole) <= _PRINTABLE else urljoin(here, "./")


def credit(ledger: Ledger, selection: Selection) -> str:
    """Where a chart comes from: dataset, version and fingerprint, viewing day, address."""
    return _("{release}. Seen as of {day}. {address}").format(
        release=release_words(ledger),
        day=words.date_words(str(selection.day(shared.today()))),
        address=_address(),
    )


def show_figure(
    figure: go.Figure,
    key: str,
    *,
    question: str,
    sub: str,
    how: str,
    table: Callable[[], pd.DataFrame],
    credit: str,
) -> None:
    """A chart with everything that belongs to it.

    ``question``: the title, as a question. ``sub``: the filters in force. ``how``: a sentence on how to read it, also
    its description for screen readers. ``table``: what it draws, as a table in words. ``credit``: from ``credit``.
    """
    place = f"figure-{key}"
    with st.container(key=place):
        show("question.html", key=f"{key}-title", title=question, sub=sub, legend=None)
        st.plotly_chart(
            figure,
            key=key,
            height=int(figure.layout.height),  # kept free from the start, so that nothing jumps when it is drawn
            config={"displayModeBar": False},
            alt=f"{question} {how}",
        )
        note(how, key=f"{key}-how")
        with st.container(horizontal=True, vertical_alignment="center", key=f"{key}-take"):
            csv_button(key, table, _("CSV"))
            _PICTURES(
                key=f"{key}-pictures",
                data={
                    "chart": place,
                    "name": key,
                    "title": question,
                    "sub": sub,
                    "credit": credit,
                    "words": picture_words(),
                },
                width="content",
            )
        with st.expander(_("The same as a table"), key=f"{key}-twin"):
            st.table(table(), hide_index=True)
