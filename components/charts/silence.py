"""When each concern was named at the meetings of a dialogue, and how long it has not been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from components.charts.palette import EDGE
from components.charts.style import quiet, rows_of_titles

_ROW_PIXELS = 28
_NAMED, _SILENT = "#1B63A5", "#C8300A"


@dataclass(frozen=True)
class SilenceWords:
    """The legend: what a filled mark, an open mark and a line say."""

    named: str
    not_named: str
    unknown: str
    silence: str


def silence_chart(
    titles: Sequence[str],
    days: npt.NDArray[np.datetime64],
    labels: Sequence[str],
    named: npt.NDArray[np.bool_],
    known: Sequence[bool],
    words: SilenceWords,
) -> go.Figure:
    """A row a concern, the longest silence on top; a mark for each meeting of the dialogue up to the last.

    ``titles``: one a row. ``days``, ``labels``, ``known``: one a meeting, in order of time; known is whether an account
    of it was read to its end. ``named``: rows by meetings. Every row is named at one meeting at least.
    """
    figure = go.Figure()
    rows = np.arange(len(titles))
    last = named.shape[1] - 1 - np.argmax(named[:, ::-1], axis=1)
    gap_x: list[object] = []
    gap_y: list[object] = []
    for row in rows:
        gap_x += [days[last[row]], days[-1], None]
        gap_y += [row, row, None]
    figure.add_scatter(
        name=words.silence, x=gap_x, y=gap_y, mode="lines", line={"color": _SILENT, "width": 3}, hoverinfo="skip"
    )
    read = np.asarray(known, dtype=bool)[np.newaxis, :]
    marks = (
        (words.named, named, {"symbol": "circle", "size": 13, "color": _NAMED, "line": {"color": EDGE, "width": 1}}),
        (words.not_named, ~named & read, {"symbol": "circle-open", "size": 9, "color": EDGE}),
        (words.unknown, ~named & ~read, {"symbol": "x-thin-open", "size": 8, "color": EDGE}),
    )
    for word, where, marker in marks:
        at_row, at_meeting = np.nonzero(where)
        if not len(at_row):
            continue
        figure.add_scatter(
            name=word,
            x=days[at_meeting],
            y=at_row,
            mode="markers",
            marker=marker,
            customdata=[[titles[int(row)], labels[int(at)]] for row, at in zip(at_row, at_meeting, strict=True)],
            hovertemplate=f"%{{customdata[0]}}<br>%{{customdata[1]}}: {word}<extra></extra>",
        )
    quiet(figure, _ROW_PIXELS * max(len(titles), 3) + 80)
    rows_of_titles(figure, titles)
    figure.update_xaxes(side="top", showgrid=True)
    return figure
