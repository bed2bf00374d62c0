"""The dataset in words, so that another can find the very release: title, version, fingerprint."""

from __future__ import annotations

from components.ledger.dataset import Ledger
from components.words import _


def fingerprint(ledger: Ledger) -> str:
    """The first twelve characters of the content's digest."""
    return ledger.digest[:12]


def release_words(ledger: Ledger) -> str:
    """Title, version and fingerprint of the dataset."""
    return _("{title}, version {version} ({digest})").format(
        title=ledger.title, version=ledger.version or "–", digest=fingerprint(ledger)
    )
