"""Follow-Through, served: ``streamlit run app.py``."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from components.api.headers import SecurityHeaders
from components.api.page_style import PageStyle
from components.api.unknown import UnknownAddress
from components.dashboard.addresses import VIEWS

DASHBOARD = Path(__file__).parent / "components" / "dashboard"

app = st.App(
    str(DASHBOARD / "main.py"),
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(PageStyle, css=(DASHBOARD / "assets" / "page.css").read_text(encoding="utf-8")),
        Middleware(UnknownAddress, pages=VIEWS, base=st.get_option("server.baseUrlPath")),
    ],
)
