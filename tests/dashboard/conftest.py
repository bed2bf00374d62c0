"""The dashboard's script under Streamlit's AppTest."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.dashboard.shared import DATA_VARIABLE

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "components" / "dashboard" / "main.py"
KAZAKHSTAN = ROOT / "data" / "kazakhstan"

Run = Callable[..., AppTest]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a page with query parameters: ``run("items", item="...")``."""

    def ran(page: str = "", dataset: Path = KAZAKHSTAN, **query: str | list[str]) -> AppTest:
        monkeypatch.setenv(DATA_VARIABLE, str(dataset))
        test = AppTest.from_file(str(SCRIPT), default_timeout=60)
        for name, value in query.items():
            test.query_params[name] = value
        if page:
            test.switch_page(f"views/{page}.py")
        test.run()
        assert not test.exception, test.exception
        return test

    return ran


def fragment(test: AppTest, key: str) -> str:
    """The HTML that a fragment of the page shows."""
    return str(component_data(test, key)["html"])


def component_data(test: AppTest, key: str) -> dict[str, Any]:
    """The data handed to the component with that key."""
    for element in test.main:
        found = _search(element, key)
        if found is not None:
            return found
    raise AssertionError(f"no component {key!r} on the page")


def _search(node: Any, key: str) -> dict[str, Any] | None:
    proto = getattr(node, "proto", None)
    if proto is not None and type(proto).__name__ == "BidiComponent" and proto.id.endswith(f"-{key}"):
        return dict(json.loads(proto.json)) if proto.json else None
    for child in getattr(node, "children", {}).values():
        found = _search(child, key)
        if found is not None:
            return found
    return None
