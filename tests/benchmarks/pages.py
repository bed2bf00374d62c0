"""How long a person waits for each page: ``python -m tests.benchmarks.pages [ROUNDS]``.

For every page the median seconds from the request to the last word and chart, in a fresh browser profile, and from the
press on an issue area to the page that follows it. The first visit after the start of the server, which loads the
dataset, is told apart.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from components.dashboard.addresses import VIEWS
from tests.browser.conftest import ROOT, launch, serve

_ROUNDS = 5


def opened(browser: Browser, address: str) -> tuple[float, Page]:
    """Seconds until a page has been drawn to its end in a fresh profile, and the page."""
    page = browser.new_context(viewport={"width": 1440, "height": 1200}).new_page()
    start = time.perf_counter()
    page.goto(address)
    page.get_by_role("heading", level=1).first.wait_for()
    settled(page)
    return time.perf_counter() - start, page


def settled(page: Page) -> None:
    """Wait until the script has ended and every chart and component has been drawn."""
    page.wait_for_selector('.stApp[data-test-script-state="notRunning"]', state="attached")
    page.wait_for_function("document.querySelectorAll('.stSkeleton').length === 0")


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else _ROUNDS
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        serve(ROOT / "data" / "kazakhstan", Path(folder) / "log.txt") as server,
    ):
        browser = launch(playwright)
        first, page = opened(browser, server)
        page.context.close()
        print(f"first visit of all: {first:.1f} s")
        print("page        opened   after a filter")
        for path in VIEWS:
            openings, answers = [], []
            for _round in range(rounds):
                seconds, page = opened(browser, f"{server}/{path}")
                openings.append(seconds)
                start = time.perf_counter()
                page.get_by_role("toolbar", name="Issue area").get_by_role("button").nth(3).click()
                page.wait_for_url("**area=**")
                settled(page)
                answers.append(time.perf_counter() - start)
                page.context.close()
            print(f"{path or 'overview':10} {statistics.median(openings):6.1f} s {statistics.median(answers):11.1f} s")


if __name__ == "__main__":
    main()
