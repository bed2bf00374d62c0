"""The colours of statuses (checked for three kinds of colour blindness) and the ink that reads on them."""

from __future__ import annotations

EDGE = "#595959"
_DARK_INK, _LIGHT_INK = "#1A1A1A", "#FFFFFF"

FILL: dict[str, str] = {
    "raised": "#F3EBD3",
    "promised": "#A9D6E5",
    "under_way": "#4FA3D1",
    "adopted": "#1B63A5",
    "in_effect": "#0A2342",
    "stalled": "#F0A202",
    "reversed": "#C8300A",
    "rejected": "#5A1E1E",
    "closed": "#787878",
    "unclear": "#B8B8B8",
}
_ON_DARK_INK = {"raised", "promised", "under_way", "stalled", "unclear"}
INK: dict[str, str] = {status: _DARK_INK if status in _ON_DARK_INK else _LIGHT_INK for status in FILL}
