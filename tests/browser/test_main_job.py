"""The main job in a real browser: filter by issue area, read the matrix, open the proof, follow a source, export."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from components.dashboard.addresses import VIEWS
from components.ledger.dataset import Ledger, load
from components.ledger.rule import status_grid
from components.ledger.selection import Selection, meeting_columns
from components.ledger.vocabulary import SYMBOLS
from tests.browser.conftest import PATIENCE, ROOT, OpenPage, serve

pytestmark = pytest.mark.browser

AREA, ITEM, MEETING = "women-children", "domestic-violence-outside-criminal-code", "hld-3-2024"


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return load(ROOT / "data" / "kazakhstan")


def query(page: Page) -> dict[str, list[str]]:
    """The parameters in the page's address."""
    return parse_qs(urlsplit(page.url).query)


def choose_area(page: Page, title: str) -> None:
    """Pick an issue area in the filter bar."""
    choices = page.get_by_role("toolbar", name="Issue area")
    choices.get_by_role("button", name=re.compile(f"^{re.escape(title)} \\d+$")).click()


def downloaded(page: Page, button: str) -> list[dict[str, str]]:
    """The rows of the CSV that a button gives, as a spreadsheet reads them."""
    with page.expect_download() as info:
        page.get_by_role("button", name=button, exact=True).last.click()
    content = Path(info.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "without its mark a spreadsheet garbles Cyrillic"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_from_first_screen_to_a_source_and_an_export(open_page: OpenPage, ledger: Ledger) -> None:
    page = open_page()
    title = ledger.titles("areas")[AREA]
    choose_area(page, title)
    items = ledger.items.loc[ledger.items["area_id"] == AREA, "item_id"].tolist()
    rows = page.locator(".matrix tbody tr:not(.group, .section)")
    expect(rows).to_have_count(len(items))
    page.wait_for_url(re.compile(f"area={AREA}"))

    cell = page.locator(f'td[data-item="{ITEM}"][data-meeting="{MEETING}"]')
    grid = status_grid(ledger, np.datetime64("today", "D"))
    at = list(grid.item_ids).index(ITEM), list(grid.meeting_ids).index(MEETING)
    expect(cell).to_have_text(SYMBOLS[grid.status_names()[at]])
    cell.click()
    proof = page.locator(".st-key-matrix-and-proof").get_by_text("decides this status")
    proof.wait_for()
    assert query(page)["item"] == [ITEM]
    assert query(page)["meeting"] == [MEETING]
    link = page.locator(".st-key-matrix-and-proof .evidence a").first
    addresses = set(ledger.sources["url"]) | set(ledger.sources["archive_url"])
    assert link.get_attribute("href") in addresses
    assert link.get_attribute("rel") == "noopener noreferrer"

    exported = downloaded(page, "Download as CSV")
    columns = meeting_columns(ledger, Selection())
    assert len(exported) == len(items) * len(columns)
    shown = {(row["item_id"], row["meeting_id"]): row["status"] for row in exported}
    for td in page.locator("td[data-item]").all()[:60]:
        key = (td.get_attribute("data-item") or "", td.get_attribute("data-meeting") or "")
        assert td.inner_text().strip() == SYMBOLS[shown[key]]


def test_a_shared_link_reproduces_the_view(open_page: OpenPage) -> None:
    page = open_page(f"?area={AREA}&voice=acting&as_of=2023-06-30&q=violence&kind=concern")
    page.locator(".matrix tbody tr:not(.group, .section)").first.wait_for()
    page.get_by_text("You are looking at the past").wait_for()
    first = page.locator("h1").inner_text(), page.locator(".matrix tbody").all_inner_texts()
    asked = query(page)
    assert asked == {
        "area": [AREA],
        "voice": ["acting"],
        "as_of": ["2023-06-30"],
        "q": ["violence"],
        "kind": ["concern"],
    }
    again = open_page(urlsplit(page.url).path.lstrip("/") + "?" + urlsplit(page.url).query)
    again.locator(".matrix tbody tr:not(.group, .section)").first.wait_for()
    assert (again.locator("h1").inner_text(), again.locator(".matrix tbody").all_inner_texts()) == first


@pytest.mark.parametrize(
    "path",
    [
        *(view for view in VIEWS if view),
        "items?order=oldest",
        f"items?item={ITEM}&meeting={MEETING}",
        f"meetings?meeting={MEETING}",
        f"changes?from=hld-1-2022&to={MEETING}",
        f"silence?at={MEETING}",
        "waiting?by=effect",
        "sources?tab=Sources&publisher_voice=joint&publisher_voice=acting&find=kazinform",
    ],
)
def test_a_link_reproduces_every_page_with_its_filters(open_page: OpenPage, path: str) -> None:
    areas, dialogues = "area=torture&area=women-children", "dialogue=high-level-dialogue&dialogue=un-upr"
    asked = f"{areas}&voice=independent&as_of=2024-12-31&{dialogues}"
    first = open_page(f"{path}{'&' if '?' in path else '?'}{asked}")
    first.get_by_text("You are looking at the past").wait_for()
    shown = settled_text(first)
    again = open_page(urlsplit(first.url).path.lstrip("/") + "?" + urlsplit(first.url).query)
    again.get_by_text("You are looking at the past").wait_for()
    assert settled_text(again) == shown
    assert query(again) == query(first)
    assert query(first)["area"] == ["torture", "women-children"]


def settled_text(page: Page) -> str:
    """What the page says once it has not changed for a while: charts are drawn after the script has ended."""
    page.wait_for_function(
        """() => {
          const text = document.querySelector('.stMain').innerText;
          if (text !== window.lastText) [window.lastText, window.since] = [text, Date.now()];
          const charts = [...document.querySelectorAll('.stPlotlyChart')];
          return charts.every((chart) => chart.querySelector('.main-svg text')) && Date.now() - window.since > 2000;
        }""",
        polling=200,
    )
    return page.locator(".stMain").inner_text()


def test_filters_stay_when_the_page_changes_and_can_be_cleared(open_page: OpenPage, ledger: Ledger) -> None:
    page = open_page(f"?area={AREA}")
    page.get_by_role("link", name="Items", exact=True).click()
    page.get_by_role("heading", name="Items", level=1).wait_for()
    expect(page.locator("table.plain tbody tr")).to_have_count(int((ledger.items["area_id"] == AREA).sum()))
    page.wait_for_url(re.compile(f"area={AREA}"))
    page.get_by_role("button", name="Clear filters").click()
    page.wait_for_url(lambda url: "area" not in url)
    expect(page.locator("table.plain tbody tr")).to_have_count(min(len(ledger.items), 300))


def test_back_returns_to_the_filters_before(open_page: OpenPage, ledger: Ledger) -> None:
    page = open_page(f"items?area={AREA}")
    title = ledger.titles("areas")["media"]
    choose_area(page, title)
    page.wait_for_url(re.compile("area=media"))
    page.go_back()
    page.wait_for_url(lambda url: "media" not in url)
    expect(page.locator("table.plain tbody tr")).to_have_count(int((ledger.items["area_id"] == AREA).sum()))


def test_an_item_leads_to_its_meeting_and_back(open_page: OpenPage, ledger: Ledger) -> None:
    page = open_page(f"items?item={ITEM}&meeting={MEETING}")
    expect(page.get_by_role("heading", level=1)).to_have_text(ledger.titles("items")[ITEM])
    page.get_by_role("link", name=ledger.titles("meetings")[MEETING], exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ledger.titles("meetings")[MEETING])
    page.get_by_role("heading", name="What did each side’s account name?").wait_for()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(ledger.titles("items")[ITEM])


def test_the_matrix_is_worked_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("?area=trafficking")
    page.locator("td[tabindex='0']").first.focus()
    before = page.evaluate("document.activeElement.shadowRoot.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowDown")
    after = page.evaluate("document.activeElement.shadowRoot.activeElement.getAttribute('aria-label')")
    assert before != after
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Close").wait_for()
    assert "item" in query(page)


def test_a_link_skips_to_the_matrix(open_page: OpenPage) -> None:
    page = open_page("?area=trafficking")
    page.locator("td[tabindex='0']").first.wait_for()
    page.get_by_role("link", name="Skip to the status matrix").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.shadowRoot?.activeElement?.matches('td')")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("items?item=no-such-item", "There is no such item"),
        ("meetings?meeting=no-such-meeting", "There is no such meeting"),
        ("?q=zzzzzz", "Nothing matches these filters"),
        ("?area=no-such-area", "no-such-area"),
    ],
)
def test_what_is_not_there_gets_a_helpful_page(open_page: OpenPage, server: str, path: str, said: str) -> None:
    page = open_page()
    page.goto(f"{server}/{path}")
    page.get_by_text(said).first.wait_for()


def test_a_broken_dataset_is_named_and_not_shown(open_page: OpenPage, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(ROOT / "data" / "kazakhstan", broken)
    events = broken / "events.csv"
    events.write_text(events.read_text(encoding="utf-8").replace(",promises,", ",promised,", 1), encoding="utf-8")
    with serve(broken, tmp_path / "log.txt") as address:
        page = open_page(address=address)
        page.get_by_text("This dataset has errors and is not shown").wait_for()
        expect(page.get_by_text("VOCABULARY").first).to_be_visible()


@pytest.mark.parametrize("path", [*VIEWS, f"items?item={ITEM}", f"meetings?meeting={MEETING}"])
def test_nothing_is_loaded_from_elsewhere(open_page: OpenPage, server: str, path: str) -> None:
    page = open_page()
    foreign: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: foreign.append(request.url) if not _own(request.url, server) else None)
    page.on(
        "console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.goto(f"{server}/{path}")
    page.get_by_role("heading", level=1).first.wait_for()
    page.wait_for_timeout(1500)
    assert foreign == []
    assert refused == []


def test_the_server_asks_no_other_site_for_its_address(open_page: OpenPage, server_log: Path) -> None:
    open_page()
    told = server_log.read_text(encoding="utf-8")
    assert "URL" in told
    assert "external" not in told.casefold()


def _own(url: str, server: str) -> bool:
    return url.startswith((server, server.replace("http", "ws"), "data:", "blob:"))


@pytest.mark.parametrize("path", [*VIEWS, f"items?item={ITEM}", f"meetings?meeting={MEETING}"])
def test_a_phone_never_scrolls_sideways(open_page: OpenPage, path: str) -> None:
    page = open_page(path, width=360, height=900)
    page.wait_for_timeout(1500)
    assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")
    assert page.evaluate("document.querySelector('.stMain').scrollWidth <= window.innerWidth")


def test_on_a_phone_each_column_of_the_chart_has_its_meeting(open_page: OpenPage, ledger: Ledger) -> None:
    page = open_page(width=390, height=900)
    labels = page.locator(".xaxislayer-above .xtick text")
    expect(labels).to_have_count(len(meeting_columns(ledger, Selection())))
    for label in labels.all():
        expect(label).to_be_visible()


def test_an_unknown_page_says_so(browser: Browser, server: str) -> None:
    page = browser.new_page()
    response = page.goto(f"{server}/no-such-page")
    assert response is not None
    assert response.status == 404
    page.get_by_role("link", name="Go to the overview").click()
    page.get_by_role("heading", level=1).first.wait_for(timeout=PATIENCE)
    page.close()
