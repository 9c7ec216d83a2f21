"""The search: a page that finds articles, an index that is made when it is asked for and stays until then."""

from __future__ import annotations

import functools
import json
import threading
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from screenshots import CHROMIUM, Silent
from tagwire import search
from test_browser import needed

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

TEXT = """
-- tagwire.toml --
title = "The Example"
url = "https://news.example/news/"
search = true
icon = "icon.svg"
-- content/static/icon.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>
-- content/articles/ferry.md --
---
title: The ferry runs again
date: 2026-01-02
tags: [Harbour]
---
The lighthouse keeper was the first passenger.
-- content/articles/faehre.md --
---
title: Die Fähre fährt
date: 2026-01-03
lang: de
---
Der Leuchtturmwärter war an Bord.
-- content/articles/gone.md --
---
title: Wrong from the start
date: 2026-01-04
retracted: { date: 2026-01-05, note: It was wrong. }
---
The lighthouse burned down.
-- content/pages/about.md --
---
title: About
noindex: true
---
Nothing about the lighthouse.
"""
MARK = search.MARK.decode()


def index(site: Site) -> dict[str, bytes]:
    """The files of the index."""
    return {path: data for path, data in site.outputs().items() if path.startswith("pagefind/")}


def test_without_the_setting_nothing_speaks_of_it(site: Callable[[str], Site]) -> None:
    """No page, no link, no mark."""
    plain = site(TEXT.replace("search = true\n", ""))
    plain.build()
    assert "search/index.html" not in plain.outputs()
    assert not [path for path, data in plain.outputs().items() if path.endswith(".html") and MARK.encode() in data]
    assert "search/" not in plain.read("site/index.html")


def test_only_what_may_be_found_is_marked(site: Callable[[str], Site]) -> None:
    """Articles and pages, without their furniture; no list, nothing retracted, nothing that robots shall not index."""
    made = site(TEXT)
    made.build()
    marked = {path for path, data in made.outputs().items() if path.endswith(".html") and MARK.encode() in data}
    assert marked == {"articles/ferry/index.html", "articles/faehre/index.html"}
    assert 'href="../../search/" rel="search"' in made.read("site/articles/ferry/index.html")


def test_the_page_leads_on_without_script(site: Callable[[str], Site]) -> None:
    """There is a sentence with links, and no script in the page itself."""
    made = site(TEXT)
    made.build()
    page = made.read("site/search/index.html")
    assert '<a href="../tags/">Tags</a>' in page
    assert '<a href="../articles/">' in page
    assert page.count("<script") == 1
    assert '<script defer="" src="../theme/search.js">' in page


def test_the_index_is_the_same_each_time(site: Callable[[str], Site]) -> None:
    """Made anew of the same pages, byte by byte; and what other search pages need is not there."""
    made = site(TEXT)
    made.build("--search")
    before = index(made)
    languages = json.loads(before["pagefind/pagefind-entry.json"])["languages"]
    assert {name: about["page_count"] for name, about in languages.items()} == {"en": 1, "de": 1}
    assert not [path for path in before if "ui" in path]
    made.build("--search", "--out", str(made.root / "other"))
    assert {path: data for path, data in made.outputs("other").items() if path.startswith("pagefind/")} == before


def test_a_plain_build_leaves_it_alone(site: Callable[[str], Site]) -> None:
    """It is that of the last `--search`, until the next one, or until the setting goes."""
    made = site(TEXT)
    made.build("--search")
    before = index(made)
    made.write(TEXT.replace("first passenger", "last passenger"))
    made.build()
    assert index(made) == before
    assert " 0 written" in made.build("--verify").out
    run = made.build("--search", "--verify")
    assert "verified" in run.out
    assert index(made) != before
    assert " 0 written, 0 removed" in made.build("--search").out
    made.write(TEXT.replace("search = true\n", ""))
    made.build()
    assert index(made) == {}


def test_a_site_without_articles_has_no_index(site: Callable[[str], Site]) -> None:
    """There is nothing to find, and that is no fault."""
    made = site(TEXT.partition("-- content")[0])
    made.build("--search")
    assert index(made) == {}


@pytest.mark.parametrize("path", ["content/static/pagefind/pagefind.js", "content/static/Pagefind"])
def test_its_folder_belongs_to_it(site: Callable[[str], Site], path: str) -> None:
    """A file of the owner's there would be overwritten, or mixed up with the index."""
    made = site(f"{TEXT}-- {path} --\nmine\n")
    run = made.run("build")
    assert run.code == 1
    assert f"{path}: error[output-taken]" in run.err
    assert "the index of the search" in run.err
    made.write(TEXT.replace("search = true\n", ""))
    made.build()


def test_it_is_asked_for_in_vain(site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the setting, or without the extra: nothing is written, and the way out is told."""
    off = site(TEXT.replace("search = true\n", ""))
    run = off.run("build", "--search")
    assert (run.code, "search-off" in run.err, off.outputs()) == (1, True, {})
    off.write(TEXT)
    monkeypatch.setattr(search, "lacks", lambda: True)
    run = off.run("build", "--search")
    assert run.code == 1
    assert "extra-missing" in run.err
    assert "pip install 'tagwire[search]'" in run.err


def test_publish_makes_it(site: Callable[[str], Site]) -> None:
    """What is published can be searched."""
    made = site(TEXT)
    run = made.run("publish", "--to", str(made.root.parent / "www"))
    assert run.code == 0, run.err
    assert (made.root.parent / "www/pagefind/pagefind-entry.json").exists()


def test_the_policy_allows_it_only_where_it_is_on(site: Callable[[str], Site]) -> None:
    """WebAssembly is for the search alone."""
    made = site(TEXT.replace("search = true\n", 'search = true\nhost = "netlify"\n'))
    made.build()
    assert "'wasm-unsafe-eval'" in made.read("site/_headers")
    made.write(TEXT.replace("search = true\n", 'host = "netlify"\n'))
    made.build()
    assert "'wasm-unsafe-eval'" not in made.read("site/_headers")


POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src *; connect-src 'self'"


class Strict(Silent):
    """Serves a folder under the policy that our hosts get."""

    def end_headers(self) -> None:
        """As for every answer."""
        self.send_header("Content-Security-Policy", POLICY + "; worker-src 'self'; form-action 'self'")
        super().end_headers()


@pytest.mark.program
def test_a_visitor_finds_an_article(site: Callable[[str], Site]) -> None:
    """A word is typed, and the article is there; nothing of Pagefind is loaded before."""
    needed(CHROMIUM)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - where there is a browser

    made = site(TEXT)
    made.build("--search", "--out", str(made.root / "www/news"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Strict, directory=str(made.root / "www")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_address[1]}/news/"
    asked: list[str] = []
    said: list[str] = []
    with sync_playwright() as program:
        browser = program.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: said.append(message.text))
        tab.goto(f"{base}search/")
        assert not [url for url in asked if "pagefind" in url]
        tab.get_by_role("searchbox").fill("passenger")
        hits = tab.locator(".hits li")
        hits.first.wait_for()
        links = "links => links.map(link => [link.textContent, link.getAttribute('href')])"
        found = tab.locator(".hits a").evaluate_all(links)
        status = tab.locator("[role=status]").inner_text()
        tab.goto(f"{base}search/?q=Leuchtturmw%C3%A4rter")
        hits.first.wait_for()
        german = hits.first.locator("a").inner_text()
        tab.get_by_role("searchbox").fill("xyzzy")
        tab.get_by_text("Nothing found for “xyzzy”.").first.wait_for()
        browser.close()
    server.shutdown()
    server.server_close()
    assert found == [["The ferry runs again", "/news/articles/ferry/"]]
    assert (status, german, said) == ("1 page found", "Die Fähre fährt", [])
