"""No serious or critical finding of axe (WCAG 2.2 AA) on any page, in either theme, at a desk and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from components.dashboard.addresses import VIEWS
from tests.browser.conftest import OpenPage
from tests.browser.test_main_job import ITEM, MEETING

pytestmark = pytest.mark.browser

_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
_SETTLE = 2000
PAGES = [*VIEWS, f"?area=media&item={ITEM}&meeting={MEETING}", f"items?item={ITEM}", f"meetings?meeting={MEETING}"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious(open_page: OpenPage, path: str, dark: bool) -> None:
    page = open_page(path, dark=dark)
    page.wait_for_timeout(_SETTLE)
    page.evaluate(_AXE)
    found = page.evaluate(_RUN, _RULES)["violations"]
    assert [_told(one) for one in found if one["impact"] in ("serious", "critical")] == []


def _told(violation: dict[str, Any]) -> str:
    places = "; ".join(f"{node['target']}: {node['html'][:160]}" for node in violation["nodes"][:3])
    return f"{violation['id']} ({violation['impact']}): {places}"
