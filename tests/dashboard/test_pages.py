"""Every page under AppTest: what it shows agrees with the ledger, and odd addresses end in a helpful page."""

from __future__ import annotations

import base64
import html
import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from components.dashboard import frames, shared
from components.dashboard.references import with_links
from components.ledger.changes import changes, column, counts_by_status
from components.ledger.claimgap import claim_gap
from components.ledger.dataset import Ledger, load
from components.ledger.namings import namings
from components.ledger.promises import PROMISING, promises_at
from components.ledger.proof import chain
from components.ledger.readouts import named_at, naming_events
from components.ledger.rule import bearing_steps, status_grid, status_on
from components.ledger.selection import Selection, meeting_columns
from components.ledger.silence import silence
from components.ledger.vocabulary import STATUSES, SYMBOLS
from components.ledger.waiting import waiting_times
from components.words import date_words
from tests.dashboard.conftest import KAZAKHSTAN, Run, component_data, fragment

CHARTS = {
    "overview": ["status-by-meeting"],
    "items": ["timeline"],
    "changes": ["flow"],
    "accounts": ["claim-gap"],
    "silence": ["silence-chart"],
    "waiting": ["waiting-curves"],
}
"""The charts of each page by key."""
ITEM, MEETING = "domestic-violence-outside-criminal-code", "hld-3-2024"


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return load(KAZAKHSTAN)


def today() -> np.datetime64:
    return np.datetime64(shared.today(), "D")


def test_overview_counts_are_the_ledgers(run: Run, ledger: Ledger) -> None:
    test = run(area=["media", "labour"])
    mask = (ledger.items["area_id"].isin(["media", "labour"]) & (ledger.items["kind"] == "concern")).to_numpy()
    counts = counts_by_status(status_on(ledger, today()).status[mask, 0])
    shown = [int(number) for number in re.findall(r"<b>(\d+)</b>", fragment(test, "lede"))]
    assert shown == [
        counts["raised"],
        counts["promised"] + counts["under_way"],
        counts["adopted"],
        counts["in_effect"],
        counts["stalled"],
        counts["reversed"] + counts["rejected"],
    ]


def test_matrix_shows_the_grid(run: Run, ledger: Ledger) -> None:
    data = component_data(run(area="media"), "matrix")
    grid = status_grid(ledger, today())
    columns = meeting_columns(ledger, Selection())
    assert [column["id"] for column in data["columns"]] == ledger.meetings["meeting_id"].iloc[columns].tolist()
    sections = [section for group in data["groups"] for section in group["sections"]]
    kinds = ledger.items.set_index("item_id")["kind"]
    for section in sections:
        assert {kinds[row["id"]] for row in section["rows"]} == {section["kind"]}, "setbacks stand apart"
    rows = [row for section in sections for row in section["rows"]]
    assert {row["id"] for row in rows} == set(ledger.items.loc[ledger.items["area_id"] == "media", "item_id"])
    for row in rows:
        at = list(grid.item_ids).index(row["id"])
        assert [cell[0] for cell in row["cells"]] == grid.status[at, columns].tolist()
        assert [cell[1] for cell in row["cells"]] == grid.named[at, columns].tolist()
    planned = [not column["sure"] for column in data["columns"]]
    assert planned == (ledger.meetings["status"].iloc[columns] != "held").tolist()


def test_meetings_after_the_viewing_day_are_hatched(run: Run) -> None:
    test = run(area="media", as_of="2023-12-31")
    sure = {column["id"]: column["sure"] for column in component_data(test, "matrix")["columns"]}
    assert sure["hld-2-2023"]
    assert not sure[MEETING], "it took place later"
    figure = json.loads(test.get("plotly_chart")[0].proto.spec)
    hatched = {x for t in figure["data"] if t["marker"].get("pattern") for x in _numbers(t["x"])}
    assert hatched == {at for at, is_sure in enumerate(sure.values()) if not is_sure}


def test_bars_add_up_to_the_concerns_on_record(run: Run, ledger: Ledger) -> None:
    test = run(area="torture")
    figure = json.loads(test.get("plotly_chart")[0].proto.spec)
    totals: dict[int, int] = {}
    for trace in figure["data"]:
        for x, y in zip(_numbers(trace["x"]), _numbers(trace["y"]), strict=True):
            totals[x] = totals.get(x, 0) + y
    grid = status_grid(ledger, today())
    mask = ((ledger.items["area_id"] == "torture") & (ledger.items["kind"] == "concern")).to_numpy()
    columns = meeting_columns(ledger, Selection())
    expected = (grid.level[np.ix_(mask, columns)] >= 0).sum(axis=0)
    assert [totals.get(at, 0) for at in range(len(columns))] == expected.tolist()


def _numbers(values: object) -> list[int]:
    """Numbers of a trace, whether Plotly wrote them as a list or packed."""
    if isinstance(values, dict):
        values = np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"]).tolist()
    assert isinstance(values, list)
    return [int(value) for value in values]


@pytest.mark.parametrize("voice", ["all", "acting", "raising", "independent"])
def test_every_voice_and_a_past_day_draw(run: Run, voice: str) -> None:
    test = run(voice=voice, as_of="2019-12-31")
    assert "You are looking at the past" in fragment(test, "past")


def test_proof_beside_the_matrix(run: Run, ledger: Ledger) -> None:
    test = run(item=ITEM, meeting=MEETING)
    said = html.unescape(fragment(test, "proof"))
    grid = status_grid(ledger, today())
    at = list(grid.item_ids).index(ITEM), list(grid.meeting_ids).index(MEETING)
    assert ledger.events["summary"].iloc[grid.event[at]] in said
    assert SYMBOLS[STATUSES[grid.status[at]]] in said
    assert said.count('class="decides"') == 1
    assert component_data(test, "matrix")["selected"] == [ITEM, MEETING]
    assert f"version {ledger.version} ({ledger.digest[:12]})" in said
    assert f"items?item={ITEM}&meeting={MEETING}" in said


def test_item_page_shows_every_event_up_to_the_day(run: Run, ledger: Ledger) -> None:
    said = html.unescape(fragment(run("items", item=ITEM), "story"))
    own = ledger.events[ledger.events["item_id"] == ITEM]
    assert len(own) > 3
    for summary in own["summary"]:
        assert summary in said


def test_items_can_be_listed_the_longest_standing_first(run: Run, ledger: Ledger) -> None:
    said = html.unescape(fragment(run("items", area="religion", status="raised", order="oldest"), "items"))
    now = status_on(ledger, today())
    shown = (ledger.items["area_id"] == "religion").to_numpy() & (now.status[:, 0] == STATUSES.index("raised"))
    at = np.flatnonzero(shown)[np.argsort(now.since[shown, 0], kind="stable")]
    places = [said.index(f">{title}</a>") for title in ledger.items["title"].iloc[at]]
    assert places == sorted(places)
    for event in now.event[at, 0]:
        assert ledger.events["summary"].iloc[event] in said
    assert said.count('rel="noopener noreferrer"') >= len(at), "each with a source to open"


def test_the_exported_list_says_on_what_each_status_rests(ledger: Ledger) -> None:
    now = status_on(ledger, today())
    frame = frames.items_frame(ledger, now, np.arange(len(ledger.items)))
    assert frame["rests_on"].tolist() == [ledger.events["summary"].iloc[event] for event in now.event[:, 0]]
    assert (frame["sources"] != "").all()
    cited = ledger.citations[int(now.event[0, 0])][0].source_id
    assert ledger.titles("sources")[cited] in frame["sources"].iloc[0]


def test_meeting_page_puts_the_accounts_side_by_side(run: Run, ledger: Ledger) -> None:
    said = html.unescape(fragment(run("meetings", meeting=MEETING), "named"))
    for event in naming_events(ledger, MEETING, today()):
        assert ledger.events["summary"].iloc[event] in said
    named = named_at(ledger, status_grid(ledger, today()), MEETING)
    both = int(((named["acting"] == "named") & (named["raising"] == "named")).sum())
    assert f"Named by both sides · {both}" in said
    assert "Named by its partners only" in said, "the government's account was read to its end"
    assert "Named by the government only" not in said, "its partners' was not: they may have named it too"


def test_meeting_page_says_what_became_of_promises(run: Run, ledger: Ledger) -> None:
    made = ledger.events[ledger.events["effect"].isin(PROMISING) & (ledger.events["meeting_id"] != "")]
    meeting = made["meeting_id"].value_counts().index[0]
    said = html.unescape(fragment(run("meetings", meeting=meeting), "promised"))
    promised = promises_at(ledger, meeting, status_on(ledger, today()))
    assert said.count('<tr class="row">') == len(promised) > 1
    for event in promised["outcome"][promised["outcome"] != ""]:
        assert ledger.records("events")[event]["summary"] in said


def test_item_page_names_who_else_raised_it_and_maps_its_links(run: Run, ledger: Ledger) -> None:
    test = run("items", item=ITEM)
    raised = html.unescape(fragment(test, "namings"))
    assert raised.count('<tr class="row">') == len(namings(ledger, ITEM, today())) > 1
    linked = html.unescape(fragment(test, "links"))
    steps = ledger.links.loc[ledger.links["to_item"] == ITEM, "from_item"]
    assert linked.count("<li>") == len(steps)
    assert all(ledger.titles("items")[step] in linked for step in steps)


def test_nothing_was_known_before_it_was_recorded(run: Run) -> None:
    test = run(known_at="2020-01-01")
    assert "as known on 1 January 2020" in fragment(test, "past")
    assert "No concern under these filters is on record" in fragment(test, "lede")


def test_every_chart_has_a_question_a_way_to_read_it_and_a_twin(run: Run) -> None:
    for page, keys in CHARTS.items():
        test = run(page, **({"item": ITEM} if page == "items" else {"at": MEETING} if page == "silence" else {}))
        assert len(test.get("plotly_chart")) == len(keys)
        for key in keys:
            assert "?</h2>" in fragment(test, f"{key}-title")
            assert fragment(test, f"{key}-how")
            picture = component_data(test, f"{key}-pictures")
            assert picture["title"].endswith("?")
            assert "according to" in picture["sub"]
        assert len(test.table) == len(keys), "each has its table twin"


def test_waiting_time_can_be_told_by_area(run: Run, ledger: Ledger) -> None:
    figure = json.loads(run("waiting", by="effect").get("plotly_chart")[0].proto.spec)
    drawn = {trace["name"] for trace in figure["data"]}
    assert 1 < len(drawn) <= 6
    assert drawn <= set(ledger.titles("areas").values())


def test_meeting_page_tells_silence_from_ignorance(run: Run) -> None:
    said = fragment(run("meetings", meeting=MEETING), "named")
    assert "not named" in said  # a government account was read in full
    assert "unknown" in said  # no partner's account was


def test_sources_page_lists_every_source(run: Run, ledger: Ledger) -> None:
    said = fragment(run("sources"), "sources")
    assert said.count("<tr>") == len(ledger.sources) + 1


@pytest.mark.parametrize(
    ("page", "query", "key", "said"),
    [
        ("items", {"item": "no-such"}, "not-found-items", "There is no such item"),
        ("items", {"item": ITEM, "meeting": "no-such"}, "not-found-meetings", "There is no such meeting"),
        ("meetings", {"meeting": "no-such"}, "not-found-meetings", "There is no such meeting"),
        ("", {"q": "zzzzzz"}, "nothing", "Nothing matches these filters"),
        ("items", {"q": "zzzzzz"}, "nothing", "Nothing matches these filters"),
        ("", {"area": "no-such", "voice": "nobody", "as_of": "2024-13-01"}, "unknown", "no-such"),
        ("", {"as_of": "2999-01-01"}, "unknown", "2999-01-01"),
        ("", {"as_of": "0800"}, "unknown", "0800-12-31"),
        ("changes", {"from": "no-such", "to": "no-such"}, "moves", "Which items?"),
        ("silence", {"at": "no-such"}, "head", "What was named before"),
    ],
)
def test_odd_addresses_get_a_helpful_page(run: Run, page: str, query: dict[str, str], key: str, said: str) -> None:
    assert said in fragment(run(page, **query), key)


def test_markup_in_an_address_is_only_text(run: Run) -> None:
    shown = fragment(run("items", item="<img src=x onerror=alert(1)>"), "not-found-items")
    assert "<img" not in shown
    assert "&lt;img" in shown


def test_broken_dataset_is_listed_and_nothing_else_is_shown(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(KAZAKHSTAN, broken)
    (broken / "links.csv").unlink()
    test = run(dataset=broken)
    said = fragment(test, "broken")
    assert "TABLE-MISSING" in said
    assert "links.csv" in said
    assert not test.get("plotly_chart")


def test_changed_files_are_read_again(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(KAZAKHSTAN, copy)
    run(dataset=copy)
    areas = copy / "areas.csv"
    areas.write_text(areas.read_text(encoding="utf-8").replace("Labour rights", "Rights at work"), encoding="utf-8")
    pills = run(dataset=copy).get("button_group")[0]
    assert any("Rights at work" in option.content for option in pills.proto.options)


def test_changes_page_lists_what_moved(run: Run, ledger: Ledger) -> None:
    test = run("changes", **{"from": "hld-2-2023", "to": "hld-3-2024"})
    grid = status_grid(ledger, today())
    concerns = (ledger.items["kind"] == "concern").to_numpy()
    first, second = (list(grid.meeting_ids).index(meeting) for meeting in ("hld-2-2023", "hld-3-2024"))
    moved = changes(column(grid, first), column(grid, second))[concerns]
    said = html.unescape(fragment(test, "moves"))
    assert f"Moved forward · {(moved == 'forward').sum()}" in said
    assert f"Stalled or went backward · {(moved == 'backward').sum()}" in said
    assert f"New on record · {(moved == 'new').sum()}" in said


def test_the_items_behind_each_band_add_up_to_the_chart(run: Run) -> None:
    test = run("changes", **{"from": "hld-2-2023", "to": "now"})
    said = html.unescape(fragment(test, "bands"))
    figure = json.loads(test.get("plotly_chart")[0].proto.spec)
    thick = sorted(_numbers(figure["data"][0]["link"]["value"]), reverse=True)
    assert [int(count) for count in re.findall(r"· (\d+)</summary>", said)] == thick
    assert said.count("<li>") == sum(thick)


@pytest.mark.parametrize(
    ("as_of", "span"),
    [
        ("", ("hld-2-2023", "hld-3-2024")),
        ("2023-06-01", ("hld-1-2022", "hld-2-2023")),
        ("2023-01-01", ("hld-1-2022", "now")),
        ("2020-01-01", ("hld-1-2022", "now")),
    ],
)
def test_changes_are_first_shown_between_the_last_meetings_held_by_the_viewing_day(
    run: Run, ledger: Ledger, as_of: str, span: tuple[str, str]
) -> None:
    dialogue = "high-level-dialogue"
    test = run("changes", dialogue=dialogue, **({"as_of": as_of} if as_of else {}))
    assert _chosen_span(test, ledger) == span
    later = run("changes", dialogue=dialogue)
    later.query_params["as_of"] = as_of
    assert _chosen_span(later.run(), ledger) == span, "what nobody chose follows the viewing day"


def _chosen_span(test: AppTest, ledger: Ledger) -> tuple[str, str]:
    first, second = (int(test.selectbox(key=f"choose-{which}").value or 0) for which in ("from", "to"))
    ids = [*ledger.meetings["meeting_id"], "now"]
    return ids[first], ids[second]


@pytest.mark.parametrize("page", ["overview", "changes"])
@pytest.mark.parametrize(("kinds", "drawn"), [(["setback", "concern"], "concern"), (["setback"], "setback")])
def test_the_kinds_never_share_a_chart(run: Run, ledger: Ledger, page: str, kinds: list[str], drawn: str) -> None:
    spec = run(page, kind=kinds).get("plotly_chart")[0].proto.spec
    on_record = status_on(ledger, ledger.meeting_days[list(ledger.meetings["meeting_id"]).index("espd-6-2024")])
    count = int(((ledger.items["kind"] == drawn).to_numpy() & (on_record.level[:, 0] >= 0)).sum())
    if page == "changes":
        assert sum(_numbers(json.loads(spec)["data"][0]["link"]["value"])) == count
    else:
        latest = [dict(zip(_numbers(t["x"]), _numbers(t["y"]), strict=True)) for t in json.loads(spec)["data"]]
        columns = meeting_columns(ledger, Selection()).tolist()
        at = columns.index(list(ledger.meetings["meeting_id"]).index("espd-6-2024"))
        assert sum(trace.get(at, 0) for trace in latest) == count
    assert (r"being applied" in spec) == (drawn == "setback")


def test_accounts_page_lists_every_gap(run: Run, ledger: Ledger) -> None:
    gaps = claim_gap(ledger, today())
    titles = ledger.titles("items")
    said = html.unescape(fragment(run("accounts"), "gaps"))
    assert said.count('<tr class="row">') == int((gaps["gap"] != 0).sum())
    assert titles[gaps["item_id"].iloc[0]] in said


def test_silence_page_lists_who_went_silent(run: Run, ledger: Ledger) -> None:
    silent = silence(ledger, status_grid(ledger, today()), "hld-3-2024")
    assert len(silent), "something was dropped between the rounds"
    said = fragment(run("silence", at="hld-3-2024"), "silence")
    assert said.count('<tr class="row">') == len(silent)


def test_waiting_page_keeps_those_who_still_wait(run: Run, ledger: Ledger) -> None:
    times = waiting_times(ledger, bearing_steps(ledger), today())
    said = fragment(run("waiting"), "waiting-list")
    assert said.count("waiting for") == int((~times["stepped"]).sum() + (~times["effective"]).sum())


@pytest.mark.parametrize("page", ["changes", "accounts", "silence", "waiting"])
def test_pages_have_words_for_an_empty_selection(run: Run, page: str) -> None:
    assert run(page, q="zzzzzz").get("plotly_chart") == []


def test_what_is_chosen_among_sources_comes_from_the_address(run: Run, ledger: Ledger) -> None:
    test = run("sources", tab="Sources", publisher_voice=["joint"], find="High-Level")
    voices = ledger.sources["publisher_id"].map(ledger.publishers.set_index("publisher_id")["voice"])
    names = ledger.sources["publisher_id"].map(ledger.publishers.set_index("publisher_id")["name"])
    told = (ledger.sources["title"] + " " + names).str.casefold().str.contains("high-level")
    wanted = int(((voices == "joint") & told).sum())
    assert 0 < wanted < int((voices == "joint").sum())
    assert fragment(test, "sources").count("<tr>") == wanted + 1
    assert list(np.atleast_1d(test.query_params["publisher_voice"])) == ["joint"]


def test_sources_page_follows_the_filters(run: Run, ledger: Ledger) -> None:
    items = set(ledger.items.loc[ledger.items["area_id"] == "labour", "item_id"])
    pairs = zip(ledger.events["item_id"], ledger.citations, strict=True)
    cited = {citation.source_id for item, citations in pairs if item in items for citation in citations}
    assert fragment(run("sources", area="labour"), "sources").count("<tr>") == len(cited) + 1


def test_markdown_in_curated_titles_stays_text(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(KAZAKHSTAN, copy)
    areas = copy / "areas.csv"
    text = areas.read_text(encoding="utf-8").replace("Labour rights", "![x](http://example.org/x.png) :+1: *5*")
    areas.write_text(text, encoding="utf-8")
    (label,) = [o.content for o in run(dataset=copy).get("button_group")[0].proto.options if "example" in o.content]
    assert label.startswith(r"\!\[x\]\(http\://")
    assert r"\:\+1\:" in label
    assert r"\*5\*" in label


def test_timeline_marks_every_event_that_says_something(run: Run, ledger: Ledger) -> None:
    figure = json.loads(run("items", item=ITEM).get("plotly_chart")[0].proto.spec)
    marked = sum(len(trace["x"]) for trace in figure["data"] if trace["mode"] == "markers")
    links = chain(ledger, bearing_steps(ledger), ITEM, today())
    assert marked == sum(link.effect not in ("context", "searched") for link in links)
    assert marked > 10


def test_identifiers_in_notes_lead_to_their_items(run: Run, ledger: Ledger) -> None:
    said = html.unescape(fragment(run("items", item=ITEM), "item"))
    other = "domestic-violence-gaps-after-2024"
    assert f'item={other}" data-go>“{ledger.titles("items")[other]}”' in said


def test_what_the_note_of_an_event_names_by_identifier_is_said_by_its_title(run: Run, ledger: Ledger) -> None:
    titles, events = ledger.titles("items"), ledger.events.set_index("event_id")
    event, other = _references(ledger)[0]
    said = html.unescape(fragment(run("items", item=events["item_id"][event]), "story"))
    where, date = events["item_id"][other], date_words(events["date"][other])
    assert f'item={where}" data-go>“{titles[where]}”, {date}</a>' in said


def test_a_source_named_in_a_note_is_said_by_its_title(ledger: Ledger) -> None:
    source, title = ledger.sources["source_id"].iloc[0], ledger.sources["title"].iloc[0]
    said = with_links(ledger, Selection(), f"Quoted by {source}.")
    assert "".join(piece for piece, _ in said) == f"Quoted by “{title}”."


def _references(ledger: Ledger) -> list[tuple[str, str]]:
    """Each event whose note names another event, and that one."""
    known = set(ledger.events["event_id"])
    pairs = zip(ledger.events["event_id"], ledger.events["note"], strict=True)
    return [(event, word) for event, note in pairs for word in re.findall(r"[a-z0-9-]+", note) if word in known]


def test_filters_leave_the_rest_of_the_address_alone(run: Run) -> None:
    """The tab is bound to the address by Streamlit, which lets nobody else write it."""
    test = run("sources", tab="Sources")
    test.session_state["filter-area"] = ["media"]
    test.run()
    assert not test.exception, test.exception
    assert {name: list(np.atleast_1d(test.query_params[name])) for name in ("area", "tab")} == {
        "area": ["media"],
        "tab": ["Sources"],
    }
