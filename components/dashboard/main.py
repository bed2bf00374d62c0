"""The script that Streamlit runs: page frame, dataset, filters, then the page that was asked for."""

from __future__ import annotations

import logging

import streamlit as st

from components.dashboard import addresses, filters, shared
from components.dashboard.fragments import ASSETS, show
from components.dashboard.titles import PRODUCT, page_title
from components.ledger.problems import DatasetError, count_line, errors
from components.words import _

_SHOWN_PROBLEMS = 200
log = logging.getLogger(__name__)


def main() -> None:
    """Draw the page."""
    st.set_page_config(page_title=PRODUCT, page_icon=str(ASSETS / "icon.png"), layout="wide")
    st.logo(str(ASSETS / "wordmark.svg"), size="medium")
    titles = {
        "": _("Overview"),
        "items": _("Items"),
        "meetings": _("Meetings"),
        "changes": _("Changes"),
        "accounts": _("Two accounts"),
        "silence": _("Silence"),
        "waiting": _("Waiting time"),
        "sources": _("Sources & method"),
    }
    pages = [
        st.Page(view, title=titles[path], url_path=path, default=not path) for path, view in addresses.VIEWS.items()
    ]
    page = st.navigation(pages, position="top")
    page_title(titles[page.url_path])
    try:
        ledger = shared.ledger()
    except DatasetError as error:
        wrong = errors(error.problems)
        log.error("The dataset has errors:\n%s", error)
        shown = "" if len(wrong) <= _SHOWN_PROBLEMS else _("The first {count} are shown.").format(count=_SHOWN_PROBLEMS)
        show(
            "broken.html", key="broken", count=count_line(error.problems), problems=wrong[:_SHOWN_PROBLEMS], shown=shown
        )
        return
    st.session_state["selection"] = filters.filter_bar(ledger, page.url_path)
    page.run()


main()
