"""Sources and method: every source with whose voice it is, the codebook, and the whole dataset to take away."""

from __future__ import annotations

import re
from functools import partial

import streamlit as st

from components import words
from components.dashboard import filters, frames, shared
from components.dashboard.choosers import choose_several
from components.dashboard.downloads import csv_button, file_button
from components.dashboard.fragments import note, show
from components.dashboard.references import with_links
from components.dashboard.release_words import fingerprint
from components.export.codebook import codebook
from components.export.package import zip_bytes
from components.export.workbook import workbook_bytes
from components.ledger.dataset import Ledger
from components.ledger.selection import Mask, Selection
from components.ledger.vocabulary import PUBLISHER_VOICES
from components.words import _, ngettext

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sources_page(ledger: Ledger, selection: Selection) -> None:
    """Draw the page."""
    mask = shared.shown(ledger, selection)
    facts = [ledger.title, _("version {version}").format(version=ledger.version) if ledger.version else ""]
    facts += [
        ngettext("{n} event", "{n} events", len(ledger.events)).format(n=len(ledger.events)),
        ngettext("{n} source", "{n} sources", len(ledger.sources)).format(n=len(ledger.sources)),
        _("fingerprint {digest}").format(digest=fingerprint(ledger)),
    ]
    show("page_head.html", key="head", title=_("Sources & method"), sub=" · ".join(fact for fact in facts if fact))
    with st.container(horizontal=True):
        name = ledger.descriptor.get("name", "ledger")
        file_button(_("Whole package (.zip)"), f"{name}.zip", "application/zip", lambda: zip_bytes(ledger), "zip")
        file_button(_("Workbook (.xlsx)"), f"{name}.xlsx", _XLSX, lambda: workbook_bytes(ledger), "xlsx")
        csv_button("sources", lambda: frames.sources_frame(ledger, mask), _("Sources as CSV"))
    method, sources = st.tabs([_("Method"), _("Sources")], key="tab", bind="query-params", on_change="rerun")
    with method:
        st.markdown(_method(ledger))
    with sources:
        _sources(ledger, selection, mask)


def _method(ledger: Ledger) -> str:
    """The dataset's own codebook, or the common one, under the page's headline.

    It is the curators' text: pictures in it are not loaded.
    """
    own = ledger.documents.get("CODEBOOK.md")
    text = own.decode("utf-8", errors="replace") if own else codebook()
    return re.sub(r"\A# ", "## ", text.lstrip()).replace("![", "[")


def _sources(ledger: Ledger, selection: Selection, mask: Mask) -> None:
    frame = frames.sources_frame(ledger, mask)
    sentence = filters.sentence(ledger, selection, int(mask.sum()))
    show("question.html", key="which", title=_("Which texts does it rest on?"), sub=sentence, legend=None)
    voice = choose_several(
        _("Voice"),
        "publisher_voice",
        PUBLISHER_VOICES,
        lambda one: f"{words.speaker_label(one)} {int((frame['voice'] == one).sum())}",
    )
    text = st.text_input(
        _("Find a source"), key="find", placeholder=_("title or publisher"), width=360, bind="query-params"
    )
    shown = frame[frame["voice"].isin(voice)] if voice else frame
    for word in (text or "").casefold().split():
        shown = shown[(shown["title"] + " " + shown["publisher"]).str.casefold().str.contains(word, regex=False)]
    note(ngettext("{n} source", "{n} sources", len(shown)).format(n=len(shown)), key="note-1")
    show("sources.html", key="sources", rows=shown.to_dict("records"), refer=partial(with_links, ledger, selection))


sources_page(shared.ledger(), st.session_state["selection"])
