"""CSV of exactly what a table or chart shows, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from components.export.sheet_csv import sheet_csv
from components.words import _


def csv_button(name: str, frame: Callable[[], pd.DataFrame], label: str = "") -> None:
    """A button that downloads the frame as ``NAME.csv``; ``frame`` is called only on the click."""
    file_button(
        label or _("Download as CSV"),
        f"{name}.csv",
        "text/csv; charset=utf-8",
        lambda: sheet_csv(frame()),
        f"csv-{name}",
    )


def file_button(label: str, file: str, mime: str, content: Callable[[], bytes], key: str) -> None:
    """A button that downloads a file; ``content`` is called only on the click, and the page does not run again."""
    st.download_button(
        label, data=content, file_name=file, mime=mime, on_click="ignore", key=key, icon=":material/download:"
    )
