"""The page with all feeds in a real browser: finding, ticking, taking a list home; and the same without script."""

from __future__ import annotations

import functools
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
from lxml import etree

from conftest import Site
from screenshots import Silent
from tagwire import lint
from test_browser import browser
from test_feeds import NEWS, VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

__all__ = ["browser"]
pytestmark = pytest.mark.program

PUBLIC = "https://news.example/"
TAGS = """['R&D <b> "x"', Größe, שלום]"""
ODD = f"-- content/articles/odd.md --\n---\ntitle: Odd\npublished: 2026-02-01\ntags: {TAGS}\n---\nText\n"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address at which the page is served: another one than its public one, and below a folder."""
    top = tmp_path_factory.mktemp("subscribe")
    made = Site(top)
    made.write(VIEWS + NEWS + ODD)
    made.build("--out", str(top / "www/copy"))
    (top / "www/favicon.ico").touch()  # browsers ask for it
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Silent, directory=str(top / "www")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/copy/subscribe/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def tab(browser: Browser, page: str) -> Iterator[Page]:
    """The page, opened with script; it must not complain, and must ask no other host."""
    opened = browser.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: said.append(request.url) if "127.0.0.1" not in request.url else None)
    opened.goto(page)
    yield opened
    opened.close()
    assert [text for text in said if not text.startswith("blob:")] == []


def shown(tab: Page) -> list[str]:
    """Names of the feeds that can be seen."""
    return [name for name in tab.locator("li:visible > input").evaluate_all("all => all.map(e => e.ariaLabel)") if name]


def taken(tab: Page) -> list[dict[str, str]]:
    """What stands in the file that the button gives: without fault, for ours and for any reader."""
    with tab.expect_download() as download:
        tab.get_by_role("button").click()
    assert download.value.suggested_filename == "feeds.opml"
    data = Path(download.value.path()).read_bytes()
    assert lint.judge(data, "feeds.opml") == ()
    return [{str(k): str(v) for k, v in outline.attrib.items()} for outline in etree.fromstring(data).iter("outline")]


def test_ticked_feeds_become_a_list_for_readers(tab: Page) -> None:
    """Public addresses, whatever the names are made of; the button waits for the first tick, and counts."""
    button, status = tab.get_by_role("button"), tab.get_by_role("status")
    assert button.is_disabled()
    for name in ('R&D <b> "x"', "Iran", "The Example"):
        tab.get_by_label(name, exact=True).check()
    boxes = tab.locator("input[data-feed]").count()
    assert status.inner_text() == f"3 / {boxes}"
    outlines = {one["text"]: one for one in taken(tab)}
    assert set(outlines) == {'R&D <b> "x" · The Example', "Iran · The Example", "The Example"}
    iran = outlines["Iran · The Example"]
    assert iran["xmlUrl"] == f"{PUBLIC}tags/iran/atom.xml"
    assert iran["htmlUrl"] == f"{PUBLIC}tags/iran/"
    assert {one["type"] for one in outlines.values()} == {"rss"}
    tab.get_by_label("Iran", exact=True).uncheck()
    assert len(taken(tab)) == 2


def test_the_list_says_what_the_file_of_the_site_says(tab: Page, page: str) -> None:
    """All boxes ticked give the very lines of feeds.opml."""
    for box in tab.locator("input[data-feed]").all():
        box.check()
    whole = tab.request.get(urljoin(page, "../feeds.opml")).body()
    listed = etree.fromstring(whole).iterfind(".//outline[@xmlUrl]")
    wanted = [{str(k): str(v) for k, v in one.attrib.items()} for one in listed]
    assert sorted(taken(tab), key=str) == sorted(wanted, key=str)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("iran", ["Iran"]),
        ("  IRAN ", ["Iran"]),
        ("grosse", []),
        ("größe", ["Größe"]),
        ("GRO", ["Größe"]),
        ("שלום", ["שלום"]),
    ],
)
def test_search_shows_the_feeds_with_these_letters(tab: Page, words: str, found: list[str]) -> None:
    """Whatever their case and accents; groups without any vanish, and an empty search shows all again."""
    everything = shown(tab)
    tab.get_by_role("searchbox").fill(words)
    assert shown(tab) == found
    assert tab.locator("[data-group]:visible").count() == len(found)
    tab.get_by_role("searchbox").fill("")
    assert shown(tab) == everything


def test_a_tick_outlives_a_search(tab: Page) -> None:
    """What was ticked before is in the list, seen or not."""
    tab.get_by_label("Iran", exact=True).check()
    tab.get_by_role("searchbox").fill("größe")
    tab.get_by_label("Größe").check()
    assert {one["text"] for one in taken(tab)} == {"Iran · The Example", "Größe · The Example"}


def test_without_script_there_is_the_whole_list(browser: Browser, page: str) -> None:
    """Every feed in every format can be opened, and so can the OPML of each group; no dead box is seen."""
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(page)
    assert plain.locator("input:visible, button:visible, form:visible").count() == 0
    links = [urljoin(page, link) for link in plain.locator("main a").evaluate_all("all => all.map(e => e.href)")]
    opml = [link for link in links if link.endswith(".opml")]
    assert len(opml) >= 4
    for link in opml:
        data = plain.request.get(link).body()
        assert lint.judge(data, "feeds.opml") == ()
    feeds = [link for link in links if link.endswith((".xml", ".json"))]
    assert len(feeds) == 3 * plain.locator("main li").count()
    assert {plain.request.get(link).status for link in feeds} == {200}
    plain.context.close()
