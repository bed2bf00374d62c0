"""Finds a browser for the tests, or gets one: ``python -m tests.browser.find`` prints its path.

In this order: Playwright's own Chromium, ``CHROME_PATH``, a Chromium or Chrome on the path, Debian's package (as root),
Playwright's download. If none is to be had it says how to get one, and the run fails: browser tests are never skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_HELP = "No browser was found. Install one: `apt-get install chromium`, or `python -m playwright install chromium`."


def installed(playwright: Playwright) -> str | None:
    """Path of a browser that is there already."""
    own = playwright.chromium.executable_path
    given = os.environ.get("CHROME_PATH")
    candidates = [own, given, *(shutil.which(name) for name in _NAMES)]
    return next((path for path in candidates if path and Path(path).exists()), None)


def _with_apt() -> None:
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=False)


def _with_playwright() -> None:
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def find() -> str:
    """Path of a browser, installed now if need be. Raises SystemExit with what to do if there is none."""
    ways: tuple[Callable[[], None], ...] = (_with_apt, _with_playwright)
    with sync_playwright() as playwright:
        path = installed(playwright)
        for install in ways:
            if path:
                break
            install()
            path = installed(playwright)
    if not path:
        raise SystemExit(_HELP)
    return path


if __name__ == "__main__":
    print(f"browser: {find()}")
