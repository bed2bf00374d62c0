"""Pictures of the pages: ``python -m tests.browser.screenshots [FOLDER]``.

Without a folder it renews the pictures of the README. With one it takes every page in both themes and three widths, to
be looked at by a person.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import ROOT, launch, serve

PICTURES = ROOT / ".github" / "pictures"
PAGES = {
    "overview": "",
    "area": "?area=women-children&item=domestic-violence-outside-criminal-code&meeting=hld-3-2024",
    "items": "items?area=religion",
    "item": "items?item=domestic-violence-outside-criminal-code&meeting=hld-3-2024",
    "meetings": "meetings",
    "meeting": "meetings?meeting=hld-3-2024",
    "meeting-promises": "meetings?meeting=hld-2-2023",
    "changes": "changes?from=hld-2-2023&to=hld-3-2024",
    "accounts": "accounts",
    "silence": "silence?at=hld-3-2024",
    "waiting": "waiting",
    "waiting-by-area": "waiting?by=step",
    "past": "?area=torture&as_of=2022-12-31&voice=independent",
    "setback": "items?item=ngo-law-2015",
    "sources": "sources",
    "nothing": "?q=zzzzzz",
    "unknown": "items?item=no-such-item",
}
WIDTHS = {"wide": (1440, 1800), "laptop": (1100, 1400), "phone": (390, 1600)}
_SETTLE = 2500
"""Milliseconds after the headline for charts to be drawn."""


def take(browser: Browser, address: str, path: Path, width: int, height: int, dark: bool = False) -> None:
    """One picture of one page."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light")
    page = context.new_page()
    page.goto(address)
    page.get_by_role("heading", level=1).or_(page.get_by_role("heading", level=2)).first.wait_for(timeout=60_000)
    page.wait_for_timeout(_SETTLE)
    page.screenshot(path=path)
    context.close()


def main() -> None:
    """Take the pictures."""
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        serve(ROOT / "data" / "kazakhstan", Path(folder) / "log.txt") as server,
    ):
        browser = launch(playwright)
        if len(sys.argv) == 1:
            PICTURES.mkdir(parents=True, exist_ok=True)
            take(browser, f"{server}/{PAGES['area']}", PICTURES / "overview.png", 1440, 2080)
            return
        target = Path(sys.argv[1])
        target.mkdir(parents=True, exist_ok=True)
        for name, path in PAGES.items():
            for size, (width, height) in WIDTHS.items():
                for dark in (False, True):
                    file = target / f"{name}-{size}-{'dark' if dark else 'light'}.png"
                    take(browser, f"{server}/{path}", file, width, height, dark)


if __name__ == "__main__":
    main()
