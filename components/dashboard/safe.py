"""Curated text in a place where Streamlit reads Markdown: labels of pills and expanders."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!~|>$:<])")


def plain(text: str) -> str:
    """The text with everything escaped that Markdown, emoji codes or formulas would take for a sign."""
    return _SPECIAL.sub(r"\\\1", text)
