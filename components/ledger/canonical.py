"""The one canonical form of a table as CSV: column order, line ends, minimal quoting, no trailing blanks."""

from __future__ import annotations

import csv
import io

import pandas as pd

from components.ledger.schema import TABLES


def ordered(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the table's columns first, in their order, then the extra columns in theirs."""
    known = [name for name in TABLES[table].column_names if name in frame.columns]
    names = known + [name for name in frame.columns if name not in known]
    return frame if names == list(frame.columns) else frame[names]


def csv_bytes(table: str, frame: pd.DataFrame) -> bytes:
    r"""The table's canonical bytes (UTF-8 without mark, comma, ``\n``, RFC 4180 quoting where needed)."""
    frame = ordered(table, frame)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(frame.columns)
    writer.writerows(zip(*(frame[name].to_numpy(dtype=object) for name in frame.columns), strict=True))
    return out.getvalue().encode("utf-8")
