"""What all sessions share: the dataset, loaded again only when its files change, and the grids asked of it."""

from __future__ import annotations

import gc
import os
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import streamlit as st

from components.ledger.dataset import Ledger, load
from components.ledger.rule import StatusGrid, Steps, bearing_steps, status_grid, status_on
from components.ledger.selection import Selection, item_mask
from components.ledger.vocabulary import KINDS
from components.words import _

DATA_VARIABLE = "FOLLOW_THROUGH_DATA"
DEFAULT_DATA = Path(__file__).parents[2] / "data" / "kazakhstan"
_GRIDS_KEPT = 64


def today() -> date:
    """Today; the one place where the dashboard asks the clock."""
    return date.today()


def data_path() -> Path:
    """The dataset that is served."""
    return Path(os.environ.get(DATA_VARIABLE) or DEFAULT_DATA)


def ledger() -> Ledger:
    """The dataset. Raises DatasetError, with every problem, if it has errors."""
    path = data_path()
    return _load(str(path), _signature(path))


def _signature(path: Path) -> tuple[tuple[str, int, int], ...]:
    """Names, sizes and times of the files: another signature means that the dataset has changed."""
    files = sorted(path.iterdir()) if path.is_dir() else [path] if path.exists() else []
    stats = [(file.name, file.stat()) for file in files if file.is_file()]
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)


@st.cache_resource(max_entries=2, show_spinner=_("Reading the dataset …"))
def _load(path: str, signature: tuple[tuple[str, int, int], ...]) -> Ledger:
    loaded = load(Path(path))
    # Streamlit collects garbage after every run; what is loaded once need not be looked through each time.
    gc.collect()
    gc.freeze()
    return loaded


# The digest stands for the ledger, which is not hashed; a key is the words of the selection that the result depends on.


@st.cache_resource(max_entries=_GRIDS_KEPT, show_spinner=_("Working out the statuses …"))
def _steps(digest: str, voice: str, known_at: date | None, _ledger: Ledger) -> Steps:
    return bearing_steps(_ledger, voice, np.datetime64(known_at, "D") if known_at else None)


@st.cache_resource(max_entries=_GRIDS_KEPT, show_spinner=False)
def _grid(digest: str, day: str, voice: str, known_at: date | None, _ledger: Ledger, _steps: Steps) -> StatusGrid:
    known = np.datetime64(known_at, "D") if known_at else None
    return status_grid(_ledger, np.datetime64(day, "D"), voice, known, steps=_steps)


@st.cache_resource(max_entries=_GRIDS_KEPT, show_spinner=False)
def _now(digest: str, day: str, voice: str, known_at: date | None, _ledger: Ledger, _steps: Steps) -> StatusGrid:
    return status_on(_ledger, np.datetime64(day, "D"), voice, steps=_steps)


def steps(of: Ledger, selection: Selection) -> Steps:
    """The events that bear on each item, for the selection's voice and known-at day."""
    return _steps(of.digest, selection.voice, selection.known_at, of)


def grid(of: Ledger, selection: Selection) -> StatusGrid:
    """The status of every item at every meeting for the selection's days and voice."""
    day = str(selection.day(today()))
    return _grid(of.digest, day, selection.voice, selection.known_at, of, steps(of, selection))


def now(of: Ledger, selection: Selection) -> StatusGrid:
    """The status of every item on the viewing day (one column)."""
    day = str(selection.day(today()))
    return _now(of.digest, day, selection.voice, selection.known_at, of, steps(of, selection))


def shown(of: Ledger, selection: Selection) -> npt.NDArray[np.bool_]:
    """Which items the selection shows on its viewing day (bool, one a row of ``items``)."""
    return item_mask(of, selection, now(of, selection).status[:, 0])


def counted_together(of: Ledger, mask: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.bool_], str]:
    """The items under the mask that one chart may count, and their kind: the first of KINDS that is there.

    A setback's advance is bad news, and a step is no concern: the kinds never share a chart.
    """
    kinds = of.items["kind"].to_numpy()
    kind = next((kind for kind in KINDS if (mask & (kinds == kind)).any()), KINDS[0])
    return mask & (kinds == kind), kind
