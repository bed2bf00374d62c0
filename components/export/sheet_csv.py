"""CSV for a person's spreadsheet: opens with the right letters and runs nothing.

The package's own files (``export.package``) stay untouched for machines; this form is for tables and charts on screen.
"""

from __future__ import annotations

import pandas as pd

_DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
_MARK = "\ufeff"


def neutral(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets a leading apostrophe (OWASP, CSV injection)."""
    if isinstance(value, str) and value.startswith(_DANGEROUS):
        return "'" + value
    return value


def sheet_csv(frame: pd.DataFrame) -> bytes:
    """The frame as CSV with a byte-order mark (Excel needs it for Cyrillic), CRLF line ends, formulas made harmless."""
    safe = frame.map(neutral)
    safe.columns = [neutral(str(name)) for name in frame.columns]
    text: str = safe.to_csv(index=False, lineterminator="\r\n")
    return (_MARK + text).encode("utf-8")
