"""Follow-Through, served: ``streamlit run app.py``."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from components.api.headers import SecurityHeaders
from components.api.unknown import UnknownAddress
from components.dashboard.addresses import VIEWS

app = st.App(
    str(Path(__file__).parent / "components" / "dashboard" / "main.py"),
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(UnknownAddress, pages=VIEWS, base=st.get_option("server.baseUrlPath")),
    ],
)
