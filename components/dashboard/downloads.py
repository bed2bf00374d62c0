"""CSV of exactly what a table or chart shows, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from components.export.sheet_csv import sheet_csv
from components.words import _


def csv_button(name: str, frame: Callable[[], pd.DataFrame], label: str = "") -> None:
    """A button that downloads the frame as ``NAME.csv``; ``frame`` is called only on the click."""
    st.download_button(
        label or _("Download as CSV"),
        data=lambda: sheet_csv(frame()),
        file_name=f"{name}.csv",
        mime="text/csv; charset=utf-8",
        on_click="ignore",
        key=f"csv-{name}",
        icon=":material/download:",
    )
