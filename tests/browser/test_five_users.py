"""The jobs of the five users (DESIGN, section 1), each from the first screen to its result as a person would do it.

What is on the screen, in a file or in a picture is compared with the ledger, never with numbers written down here.
"""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Locator, Page, expect

from components import words
from components.dashboard.addresses import VIEWS
from components.dashboard.meeting_words import meeting_title
from components.ledger.agenda import last_held, previous_held
from components.ledger.changes import changes, column, counts_by_status
from components.ledger.checking import check
from components.ledger.dataset import Ledger, load
from components.ledger.problems import errors
from components.ledger.promises import promises_at
from components.ledger.proof import chain
from components.ledger.readouts import named_at
from components.ledger.rule import StatusGrid, bearing_steps, status_grid, status_on
from components.ledger.selection import Selection, meeting_columns, text_mask
from components.ledger.vocabulary import STATUSES, SYMBOLS
from tests.browser.conftest import PATIENCE, ROOT, OpenPage, serve
from tests.browser.test_main_job import ITEM, choose_area, downloaded, query

pytestmark = pytest.mark.browser

DATA = ROOT / "data" / "kazakhstan"
TODAY = np.datetime64("today", "D")
WORD = "domestic"
TABS = 80
"""Presses of Tab within which a person must have reached the matrix from the filters."""
SHEET = (297 - 2 * 12) / 25.4 * 96
"""The width of an A4 sheet on its long side between the margins of 12 mm, in CSS pixels."""
PICTURES = {"status-by-meeting": ".st-key-figure-status-by-meeting", "status-matrix": ".st-key-matrix-and-proof"}

Mask = npt.NDArray[np.bool_]


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return load(DATA)


# What the ledger says


def concerns(ledger: Ledger) -> Mask:
    return np.asarray(ledger.items["kind"] == "concern")


def row_of(ledger: Ledger, item: str) -> int:
    return list(ledger.items["item_id"]).index(item)


def core_columns(ledger: Ledger) -> list[int]:
    """The meetings of the core dialogues in order of time."""
    return [int(at) for at in meeting_columns(ledger, Selection())]


def last_core(ledger: Ledger) -> int:
    """The last core meeting held by today."""
    last = last_held(ledger, core_columns(ledger), TODAY)
    assert last is not None
    return last


def addresses(ledger: Ledger) -> set[str]:
    """Where the sources are."""
    return set(ledger.sources["url"]) | set(ledger.sources["archive_url"])


def day_words(day: np.datetime64) -> str:
    return words.date_words(str(day))


def state_line(ledger: Ledger, item: str, voice: str = "all") -> str:
    """How the page of an item says that it stands today."""
    row, now = row_of(ledger, item), status_on(ledger, TODAY, voice)
    status = words.label(now.status_names()[row, 0], ledger.items["kind"].iloc[row]).capitalize()
    by_rule = " (by rule)" if now.by_rule[row, 0] else ""
    return status if now.level[row, 0] < 0 else f"{status}, since {day_words(now.since[row, 0])}{by_rule}"


def move_counts(ledger: Ledger, moved: npt.NDArray[np.object_]) -> list[str]:
    """The heads of the lists of moves: concerns, reform steps and setbacks apart."""
    kind = ledger.items["kind"].to_numpy()
    forward, backward, new = (moved == change for change in ("forward", "backward", "new"))
    counts = {
        "Moved forward": forward & (kind == "concern"),
        "Stalled or went backward": backward & (kind == "concern"),
        "New on record": new & (kind == "concern"),
        "Reform steps taken further or new": (forward | new) & (kind == "reform_step"),
        "Reform steps stalled or undone": backward & (kind == "reform_step"),
        "Setbacks that advanced or are new": (forward | new) & (kind == "setback"),
    }
    return [f"{title} · {np.count_nonzero(mask)}" for title, mask in counts.items()]


def symbols(grid: StatusGrid, columns: Sequence[int]) -> dict[str, str]:
    """The symbol of each cell on record in the columns."""
    names = grid.status_names()
    return {
        f"{item} {grid.meeting_ids[at]}": SYMBOLS[names[row, at]]
        for row, item in enumerate(grid.item_ids)
        for at in columns
        if names[row, at]
    }


# What the screen says


def go_to(page: Page, title: str) -> None:
    """Open a page from the menu."""
    page.get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()


def open_item(page: Page, ledger: Ledger, item: str) -> None:
    """Open an item from the list."""
    title = ledger.titles("items")[item]
    page.locator("table.plain").get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def cells(place: Locator, head: str) -> Locator:
    """The cells of a table under one of its heads."""
    heads = place.locator("thead th")
    expect(heads.filter(has_text=head)).to_be_visible()
    return place.locator(f"tbody tr > :nth-child({heads.all_inner_texts().index(head) + 1})")


def state(page: Page) -> Locator:
    """The line that says how an item stands."""
    return page.locator(".st-key-story .state > span:last-child")


def shown_symbols(page: Page) -> dict[str, str]:
    """The symbol of each cell of the matrix on screen."""
    found = page.locator("td[data-item]").evaluate_all(
        "cells => cells.map(td => [`${td.dataset.item} ${td.dataset.meeting}`, td.innerText.trim()])"
    )
    return dict(found)


def expect_symbols(page: Page, expected: dict[str, str]) -> None:
    """The matrix comes to show these symbols and no others."""
    deadline = time.monotonic() + PATIENCE / 1000
    while shown_symbols(page) != expected and time.monotonic() < deadline:
        page.wait_for_timeout(250)
    assert shown_symbols(page) == expected


def expect_counts(page: Page, ledger: Ledger, day: np.datetime64) -> None:
    """The headline and the figures below it tell how many concerns stood where on a day."""
    counts = counts_by_status(status_on(ledger, day).status[concerns(ledger), 0])
    measured = counts["adopted"] + counts["in_effect"]
    told = [sum(counts.values()), measured, counts["in_effect"], counts["raised"]]
    expect(page.locator("h1 a")).to_have_text([re.compile(rf"^{count}\b") for count in told])
    of_word = {words.status_label(status): counts[status] for status in STATUSES}
    for figure in page.locator(".figures a").all():
        statuses = figure.locator(".word").evaluate("word => word.lastChild.textContent").split(" · ")
        expect(figure.locator("b")).to_have_text(str(sum(of_word[status] for status in statuses)))


def a_source(page: Page) -> Locator:
    """The first source in the story of an item that has an address."""
    return page.locator(".st-key-story .evidence a").first


def downloaded_bytes(page: Page, button: Locator) -> bytes:
    with page.expect_download() as info:
        button.click()
    return Path(info.value.path()).read_bytes()


def focused(page: Page, script: str) -> str | None:
    """What a script (of ``at``) says of the element that has the focus, also inside a component."""
    walk = "let at = document.activeElement; while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;"
    found: str | None = page.evaluate(f"() => {{ {walk} return {script}; }}")
    return found


def press_until(page: Page, key: str, script: str) -> None:
    """Press a key until a script (of ``at``, the element with the focus) finds what is looked for."""
    for _ in range(TABS):
        page.keyboard.press(key)
        if focused(page, script):
            return
    pytest.fail(f"{TABS} presses of {key} do not lead there: {script}")


def component(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """One command of the project."""
    return subprocess.run([sys.executable, "-m", "components", *arguments], cwd=ROOT, capture_output=True, check=False)


# The advocate


def test_advocate_lists_the_unanswered_concerns_of_an_area(open_page: OpenPage, ledger: Ledger) -> None:
    now = status_on(ledger, TODAY)
    raised = concerns(ledger) & (now.status_names()[:, 0] == "raised")
    area = str(ledger.items.loc[raised, "area_id"].value_counts().idxmax())
    rows = np.flatnonzero(raised & np.asarray(ledger.items["area_id"] == area))
    rows = rows[np.argsort(now.since[rows, 0], kind="stable")]
    assert len(rows) > 1, "nothing to order: the test needs an area with several unanswered concerns"

    page = open_page()
    choose_area(page, ledger.titles("areas")[area])
    page.wait_for_url(re.compile(f"area={area}"))
    unanswered = page.locator(".figures a", has_text=words.status_label("raised"))
    expect(unanswered.locator("b")).to_have_text(str(len(rows)))
    unanswered.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Items")
    page.get_by_role("link", name="the longest standing first").click()
    page.wait_for_url(re.compile("order=oldest"))
    titles = ledger.items["title"].iloc[rows].tolist()
    items = page.locator(".st-key-items")
    expect(cells(items, "Item").locator("a")).to_have_text(titles)
    expect(cells(items, "Item")).to_contain_text([f"Concern · {ledger.titles('areas')[area]}"] * len(rows))
    expect(cells(items, "Status")).to_contain_text([words.status_label("raised")] * len(rows))
    expect(cells(items, "Since")).to_have_text([day_words(day) for day in now.since[rows, 0]])
    deciding = ledger.events.iloc[now.event[rows, 0]]
    expect(cells(items, "It rests on")).to_contain_text(deciding["summary"].tolist())
    expect(cells(items, "It rests on").filter(has=page.locator(".evidence li"))).to_have_count(len(rows))

    cells(items, "Item").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[0])
    expect(a_source(page)).to_have_attribute("rel", re.compile("noopener"))
    assert a_source(page).get_attribute("href") in addresses(ledger)

    page.go_back()
    expect(cells(items, "Item").locator("a")).to_have_text(titles)
    exported = downloaded(page, "Download as CSV")
    assert [row["item_id"] for row in exported] == ledger.items["item_id"].iloc[rows].tolist()
    assert {row["status"] for row in exported} == {"raised"}
    assert [row["since"] for row in exported] == [str(day) for day in now.since[rows, 0]]
    assert [row["deciding_event"] for row in exported] == deciding["event_id"].tolist()
    assert all(row["sources"] for row in exported)


def test_a_source_opens_in_a_tab_of_its_own(open_page: OpenPage, ledger: Ledger) -> None:
    page = open_page(f"items?item={ITEM}")
    page.context.route(lambda url: url in addresses(ledger), lambda route: route.fulfill(body="a source"))
    with page.context.expect_page() as opened:
        a_source(page).click()
    assert opened.value.url == a_source(page).get_attribute("href")
    assert opened.value.evaluate("window.opener") is None


# The desk officer


def test_desk_officer_sees_the_same_changes_on_both_pages(open_page: OpenPage, ledger: Ledger) -> None:
    last = last_core(ledger)
    before, now = status_grid(ledger, TODAY), status_on(ledger, TODAY)
    told = move_counts(ledger, changes(column(before, last), column(now, 0)))
    page = open_page()
    expect(page.locator(".st-key-moves h3")).to_have_text(told)
    page.get_by_role("link", name="all changes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What moved between two meetings?")
    assert query(page) == {"from": [ledger.meetings["meeting_id"].iloc[last]], "to": ["now"]}
    expect(page.locator(".st-key-moves h3")).to_have_text(told)


def test_desk_officer_reads_the_last_meeting(open_page: OpenPage, ledger: Ledger) -> None:
    last = last_core(ledger)
    meeting = str(ledger.meetings["meeting_id"].iloc[last])
    grid, titles = status_grid(ledger, TODAY), ledger.titles("items")
    page = open_page()
    page.locator(".st-key-moves").get_by_role("link", name=meeting_title(ledger, last)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ledger.titles("meetings")[meeting])

    named = named_at(ledger, grid, meeting)
    rows = page.locator(".st-key-named tbody tr")
    expect(rows).to_have_count(len(named))
    said = rows.evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.innerText.split('\\n')[0]))")
    assert {row[0]: [cell.strip("●– ") for cell in row[1:3]] for row in said} == {
        titles[row["item_id"]]: [row["acting"], row["raising"]] for row in named.to_dict("records")
    }

    promised = promises_at(ledger, meeting, status_on(ledger, TODAY))
    summaries = ledger.records("events")
    promises = page.locator(".st-key-promised tbody tr")
    expect(promises.locator("td:first-child a")).to_have_text([titles[item] for item in promised["item_id"]])
    expect(promises.locator("td:first-child")).to_contain_text(
        [summaries[event]["summary"] for event in promised["event_id"]]
    )

    earlier = previous_held(ledger, last)
    assert earlier is not None
    told = move_counts(ledger, changes(column(grid, earlier), column(grid, last)))
    expect(page.locator(".st-key-moved h3")).to_have_text(told)

    taken = downloaded(page, "What was named as CSV")
    assert [row["item_id"] for row in taken] == named["item_id"].tolist()


@pytest.mark.parametrize("group", [0, 1])
def test_the_rest_of_a_list_of_moves_unfolds(open_page: OpenPage, group: int) -> None:
    page = open_page()
    moves = page.locator(".st-key-moves section").nth(group)
    listed = int(moves.locator("h3").inner_text().rpartition(" ")[2])
    links = moves.get_by_role("link")
    expect(links.first).to_be_visible()
    before = links.filter(visible=True).count()
    assert before < listed, "the list is too short to be folded"
    moves.locator("summary").click()
    expect(links.filter(visible=True)).to_have_count(listed)


def test_a_link_opens_in_another_tab_if_asked(open_page: OpenPage) -> None:
    page = open_page()
    link = page.get_by_role("link", name="all changes")
    with page.context.expect_page() as opened:
        link.click(modifiers=["ControlOrMeta"])
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("What moved between two meetings?")
    expect(link).to_be_visible()


# The journalist


def disputed_item(ledger: Ledger, word: str) -> str:
    """An item found by a word of which the government and independent voices say different things."""
    found = [str(item) for item in ledger.items.loc[text_mask(ledger, word), "item_id"]]
    told = {item: {state_line(ledger, item, voice) for voice in ("acting", "independent")} for item in found}
    return next(item for item in found if len(told[item]) == 2)


def test_journalist_checks_a_claim_and_who_says_otherwise(open_page: OpenPage, ledger: Ledger) -> None:
    item = disputed_item(ledger, WORD)
    page = open_page()
    page.get_by_role("textbox", name="Search").fill(WORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"q={WORD}"))
    go_to(page, "Items")
    expect(page.locator(".st-key-items tbody tr")).to_have_count(int(text_mask(ledger, WORD).sum()))
    open_item(page, ledger, item)

    now = status_on(ledger, TODAY)
    links = chain(ledger, bearing_steps(ledger), item, TODAY, int(now.event[row_of(ledger, item), 0]))
    events = page.locator(".st-key-story .chain > li")
    expect(events.locator(".what")).to_have_text([link.summary for link in links])
    expect(events.locator("time")).to_have_text([words.date_words(link.date) for link in links])
    deciding = [link.summary for link in links if link.decides]
    assert deciding
    decides = events.filter(has_text="decides this status")
    expect(decides.locator(".what")).to_have_text(deciding)
    expect(state(page)).to_have_text(state_line(ledger, item))

    for voice in ("acting", "independent"):
        page.get_by_role("radio", name=words.voice_label(voice)).click()
        expect(state(page)).to_have_text(state_line(ledger, item, voice))
        page.wait_for_url(re.compile(f"voice={voice}"))


def test_journalist_cites_what_others_can_open(open_page: OpenPage, ledger: Ledger) -> None:
    item = disputed_item(ledger, WORD)
    page = open_page(f"items?item={item}&voice=independent")
    expect(state(page)).to_have_text(state_line(ledger, item, "independent"))
    page.get_by_text("Cite this").click()
    citation = page.locator(".cite p")
    expect(citation).to_be_visible()
    cited = citation.inner_text()
    assert ledger.digest[:12] in cited
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy citation").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == cited
    address = urlsplit(cited.split()[-1])
    assert f"item={item}" in address.query
    again = open_page(f"{address.path.lstrip('/')}?{address.query}")
    expect(again.get_by_role("heading", level=1)).to_have_text(ledger.titles("items")[item])
    expect(state(again)).to_have_text(state_line(ledger, item, "independent"))


# The researcher


def test_researcher_takes_the_package_and_checks_it(open_page: OpenPage, ledger: Ledger, tmp_path: Path) -> None:
    page = open_page()
    go_to(page, "Sources & method")
    facts = page.locator(".st-key-head")
    expect(facts).to_contain_text(f"version {ledger.version}")
    expect(facts).to_contain_text(f"fingerprint {ledger.digest[:12]}")
    heads = re.findall(r"^#{1,3} (.+)$", ledger.documents["CODEBOOK.md"].decode(), flags=re.MULTILINE)
    codebook = page.get_by_role("tabpanel").filter(visible=True)
    expect(codebook.locator("h1, h2, h3")).to_have_text([head.replace("`", "") for head in heads])

    package = tmp_path / "package.zip"
    package.write_bytes(downloaded_bytes(page, page.get_by_role("button", name="Whole package (.zip)")))
    checked = component("check", package)
    assert (checked.returncode, checked.stdout.decode()) == (0, "no problem found\n")
    status = [component("status", dataset, "--as-of", str(TODAY)) for dataset in (package, DATA)]
    assert status[0].stdout == status[1].stdout
    assert status[0].stdout.count(b"\n") == len(ledger.items) * len(ledger.meetings) + 1
    assert load(package).digest == ledger.digest


# The curator


def test_curator_adds_an_event_breaks_a_row_and_mends_it(open_page: OpenPage, ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "dataset"
    shutil.copytree(DATA, folder)
    events = folder / "events.csv"
    raised = concerns(ledger) & (status_on(ledger, TODAY).status_names()[:, 0] == "raised")
    item = str(ledger.items["item_id"][raised].iloc[0])
    source, before = str(ledger.sources["source_id"].iloc[0]), events.read_text(encoding="utf-8")
    summary = "The government announced a step, says this row of a test."
    mended = before + _event_row(ledger, item=item, source=source, summary=summary)
    with serve(folder, tmp_path / "log.txt") as address:
        page = open_page(address=address)
        go_to(page, "Items")
        open_item(page, ledger, item)
        expect(state(page)).to_have_text(state_line(ledger, item))

        events.write_text(mended, encoding="utf-8")
        changed = state_line(load(folder), item)
        assert changed.startswith("Promised, since")
        page.reload()
        expect(state(page)).to_have_text(changed)
        decides = page.locator(".chain > li").filter(has_text="decides this status")
        expect(decides.locator(".what")).to_have_text(summary)

        events.write_text(mended.removesuffix(f"{source},{TODAY},\n") + f"no-such-source,{TODAY},\n", encoding="utf-8")
        (problem,) = errors(check(folder))
        page.reload()
        page.get_by_text("This dataset has errors and is not shown").wait_for()
        place = ["events", str(len(ledger.events) + 2), "sources"]
        expect(page.locator(".problems tbody td")).to_have_text([*place, f"{problem.code} {problem.message}"])

        events.write_text(mended, encoding="utf-8")
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text(ledger.titles("items")[item])
        expect(state(page)).to_have_text(changed)


def _event_row(ledger: Ledger, item: str, source: str, summary: str) -> str:
    """A promise of today as a line of ``events.csv``."""
    given = {
        "event_id": "added-by-a-test-01",
        "item_id": item,
        "date": str(TODAY),
        "effect": "promises",
        "summary": f'"{summary}"',
        "sources": source,
        "recorded": str(TODAY),
    }
    return ",".join(given.get(name, "") for name in ledger.events.columns) + "\n"


# Looking back


def test_a_meeting_back_in_time_and_forward_again(open_page: OpenPage, ledger: Ledger) -> None:
    last = last_core(ledger)
    day = ledger.meeting_days[last]
    banner = re.compile("You are looking at the past")
    columns = core_columns(ledger)
    page = open_page()
    expect_counts(page, ledger, TODAY)
    page.get_by_role("button", name="As of today").click()
    page.get_by_role("slider", name="How things stood at the time of a meeting").focus()
    page.keyboard.press("ArrowLeft")
    page.get_by_text(banner).wait_for()
    page.wait_for_url(re.compile(f"as_of={day}"))
    expect_counts(page, ledger, day)
    expect_symbols(page, symbols(status_grid(ledger, day), columns))

    page.keyboard.press("Escape")
    page.get_by_role("link", name="Back to today").click()
    expect(page.get_by_text(banner)).to_have_count(0)
    expect_counts(page, ledger, TODAY)
    assert "as_of" not in query(page)
    expect_symbols(page, symbols(status_grid(ledger, TODAY), columns))


@pytest.mark.parametrize("path", VIEWS)
def test_before_anything_was_recorded_each_page_says_so(open_page: OpenPage, ledger: Ledger, path: str) -> None:
    known_at = np.datetime64("2020-01-01", "D")
    assert (ledger.event_recorded > known_at).all()
    page = open_page(f"{path}?known_at={known_at}")
    page.get_by_text(f"You are looking at the past: as known on {day_words(known_at)}.").wait_for()
    page.get_by_role("link", name="Back to today").wait_for()
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_have_count(1)
    expect(page.locator(".stException")).to_have_count(0)
    if not path:
        expect(page.get_by_role("heading", level=1)).to_contain_text("is on record by that day")
        expect_symbols(page, {})


# Pictures


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_tells_what_it_shows_and_where_it_is_from(open_page: OpenPage, ledger: Ledger, name: str) -> None:
    page = open_page()
    place = page.locator(PICTURES[name])
    page.locator("td[data-item]").first.wait_for()
    page.locator(".js-plotly-plot .xtick text").first.wait_for()
    png = downloaded_bytes(page, place.get_by_role("button", name="PNG", exact=True))
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    assert width > 800
    assert height > 400

    picture = ET.fromstring(downloaded_bytes(page, place.get_by_role("button", name="SVG", exact=True)))
    told = " ".join(" ".join(picture.itertext()).split())
    key = {"status-by-meeting": "status-by-meeting-title", "status-matrix": "matrix-title"}[name]
    assert page.locator(f".st-key-{key} h2").inner_text() in told
    assert f"version {ledger.version} ({ledger.digest[:12]})" in told
    labels = page.locator(".matrix thead th[scope=col]:not(.corner)").all_inner_texts()
    assert len(labels) == len(core_columns(ledger))
    assert [label for label in labels if label not in told] == []
    if name == "status-matrix":
        cells = picture.findall(".//{http://www.w3.org/2000/svg}rect[@rx]")
        assert len(cells) == len(shown_symbols(page)) > 0


# Other dialogues


def test_the_reviews_by_others_are_a_link_away(open_page: OpenPage, ledger: Ledger) -> None:
    page = open_page()
    heads = ".matrix thead th[scope=col]:not(.corner)"
    expect(page.locator(heads)).to_have_count(len(core_columns(ledger)))
    page.get_by_role("link", name="with reviews by others").click()
    expect(page.locator(heads)).to_have_count(len(ledger.meetings))
    everything = range(len(ledger.meetings))
    expect_symbols(page, symbols(status_grid(ledger, TODAY), everything))
    assert set(query(page)["dialogue"]) == set(ledger.dialogues["dialogue_id"])

    again = open_page("?" + urlsplit(page.url).query)
    expect(again.locator(heads)).to_have_text(page.locator(heads).all_inner_texts())
    expect_symbols(again, shown_symbols(page))


# Without a mouse


def test_the_matrix_is_reached_read_and_folded_by_keyboard(open_page: OpenPage, ledger: Ledger) -> None:
    page = open_page()
    page.locator("td[data-item]").first.wait_for()
    page.locator(".js-plotly-plot .xtick text").first.wait_for()
    page.get_by_role("textbox", name="Search").focus()
    press_until(page, "Tab", "at.getAttribute('role') === 'gridcell'")
    label = "at.getAttribute('aria-label')"
    row, meeting = focused(page, label), ledger.titles("meetings")
    page.keyboard.press("ArrowDown")
    below = focused(page, label)
    page.keyboard.press("ArrowLeft")
    left = focused(page, label)
    assert len({row, below, left}) == 3
    item, at = focused(page, "at.dataset.item"), focused(page, "at.dataset.meeting")
    assert item
    assert at
    assert ledger.titles("items")[item] in (left or "")
    assert meeting[at] in (left or "")
    page.keyboard.press("Enter")
    proof = page.locator(".st-key-proof")
    expect(proof.locator("h3")).to_have_text(ledger.titles("items")[item])
    expect(proof.locator(".chain > li.decides").first).to_be_visible()
    assert (query(page)["item"], query(page)["meeting"]) == ([item], [at])

    press_until(page, "Shift+Tab", "at.dataset.group")
    group = focused(page, "at.dataset.group")
    button = page.locator(f"button[data-group='{group}']")
    body = page.locator(".matrix tbody").filter(has=button)
    rows = int((ledger.items["area_id"] == group).sum())
    for expanded, shown in (("false", 0), ("true", rows)):
        page.keyboard.press("Enter")
        expect(button).to_have_attribute("aria-expanded", expanded)
        expect(body.locator("th[scope=row]")).to_have_count(shown)
        assert focused(page, "at.dataset.group") == group


# On paper


def test_a_matrix_of_all_meetings_fits_the_width_of_a_sheet(open_page: OpenPage, ledger: Ledger) -> None:
    dialogues = "&".join(f"dialogue={dialogue}" for dialogue in ledger.dialogues["dialogue_id"])
    page = open_page(f"?{dialogues}")
    table = page.get_by_role("grid", name="Status of each item")
    expect(table.locator("thead a")).to_have_count(len(ledger.meetings))
    page.emulate_media(media="print")
    box = table.bounding_box()
    assert box is not None
    assert box["width"] < SHEET


def test_a_long_story_is_printed_whole_and_without_controls(open_page: OpenPage, ledger: Ledger) -> None:
    item = str(ledger.events["item_id"].value_counts().idxmax())
    page = open_page(f"items?item={item}")
    told = page.locator(".st-key-story .chain > li")
    expect(told.last).to_be_visible()
    buttons = page.get_by_role("button").filter(visible=True)
    expect(buttons.filter(has_text="SVG").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(told.last).to_be_visible()
    expect(page.locator(".st-key-filters")).not_to_be_visible()
    expect(buttons).to_have_count(0)
    printed = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) > 1
