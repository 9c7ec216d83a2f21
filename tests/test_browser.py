"""What a browser makes of every kind of page: nothing to complain of, in any width, scheme and direction."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import corpus
import servers
from screenshots import CHROMIUM, made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.program

ROOT = Path(__file__).parent.parent
MODULES = Path(__file__).parent / "browser/node_modules"


def needed(path: Path | str) -> Path:
    """A program or file; the test is skipped where it is missing, and fails where all must be there."""
    found = Path(path) if "/" in str(path) else Path(shutil.which(str(path)) or f"/missing/{path}")
    if not found.exists():
        (pytest.fail if os.environ.get("TAGWIRE_ALL_PROGRAMS") else pytest.skip)(f"{path} is not installed")
    return found


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Where the two sites of the corpus stand: below `news/`, so that an address from the top of a host shows."""
    top = tmp_path_factory.mktemp("sites")
    return {name: top / name / "www" for name in ("en", "he")}


@pytest.fixture(scope="module")
def addresses(folders: dict[str, Path]) -> Iterator[dict[str, str]]:
    """Where they are served, built for that address: by nginx, with the headers that Tagwire writes for it."""
    found = {}
    with contextlib.ExitStack() as stack:
        for name, text in (("en", corpus.SITE), ("he", corpus.HEBREW)):
            root = folders[name]
            root.mkdir(parents=True)
            command, port = servers.nginx(root.parent, root, f"include {root}/news/.nginx.conf;")
            found[name] = f"http://127.0.0.1:{port}/news/"
            hosted = text.replace("search = true", 'search = true\nhost = "nginx"', 1)
            made(root.parent, hosted, "--out", str(root / "news"), "--base-url", found[name])
            stack.enter_context(servers.running(command, port, root.parent / "log"))
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    needed(CHROMIUM)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - where there is a browser

    with sync_playwright() as program:
        opened = program.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def pages(lang: str) -> Iterator[tuple[str, str]]:
    """(name, path) of every kind of page; a path that isn't there fails by its answer, 404."""
    yield from (corpus.PAGES if lang == "en" else corpus.HEBREW_PAGES).items()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("lang", ["en", "he"])
def test_no_page_has_a_fault(browser: Browser, addresses: dict[str, str], lang: str, width: int, scheme: Any) -> None:
    """axe-core finds nothing, nothing scrolls sideways, the console is clean, every request is answered."""
    axe = needed(MODULES / "axe-core/axe.min.js").read_text("utf-8")
    tab = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("response", lambda answer: said.append(answer.url) if answer.status >= 400 else None)
    faults = {}
    for name, path in pages(lang):
        tab.goto(addresses[lang] + path)
        found = list(said)
        said.clear()
        tab.evaluate(axe)
        result = tab.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found += [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in result["violations"]]
        if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append("it scrolls sideways")
        if found:
            faults[name] = found
    tab.close()
    assert faults == {}


@pytest.mark.parametrize("width", [320, 3840])
def test_no_page_scrolls_sideways(browser: Browser, addresses: dict[str, str], width: int) -> None:
    """On the smallest screen that WCAG 1.4.10 asks for, and on a wide one; no line is longer than 80 characters."""
    tab = browser.new_page(viewport={"width": width, "height": 800})
    wide, long = [], []
    for lang in ("en", "he"):
        for name, path in pages(lang):
            tab.goto(addresses[lang] + path)
            if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(f"{lang} {name}")
            if tab.evaluate(f"({LONG_LINES})()"):
                long.append(f"{lang} {name}")
    tab.close()
    assert (wide, long) == ([], [])


LONG_LINES = """() => [...document.querySelectorAll('.prose p, .p-summary, .standfirst')].some(p => {
  const zero = document.createElement('span');
  zero.textContent = 'n'.repeat(80);
  zero.style.cssText = 'position: absolute; white-space: nowrap';
  p.append(zero);
  const long = p.getBoundingClientRect().width > zero.getBoundingClientRect().width;
  zero.remove();
  return long;
})"""
"""Whether a paragraph is wider than eighty letters of middling width."""


@pytest.mark.parametrize("lang", ["en", "he"])
def test_the_keyboard_reaches_everything(browser: Browser, addresses: dict[str, str], lang: str) -> None:
    """Tab goes through all links, in order, and shows where it is; the first of them skips to the text."""
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    for _, path in pages(lang):
        tab.goto(addresses[lang] + path)
        wanted = tab.evaluate(
            "[...document.querySelectorAll('a[href], summary, button, input')]"
            ".filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility()).length"
        )
        assert stops(tab) >= wanted, path
        tab.evaluate("document.querySelector('.skip').focus()")
        tab.keyboard.press("Enter")
        assert tab.evaluate("document.activeElement.tagName") == "MAIN"
    tab.close()


def stops(tab: Page) -> int:
    """How many elements Tab comes to, each with a ring around it."""
    seen = 0
    while seen < 400:
        tab.keyboard.press("Tab")
        here = tab.evaluate(
            "(e => e === document.body || e.dataset.seen ? '' : (e.dataset.seen = 1, getComputedStyle(e).outlineStyle))"
            "(document.activeElement)"
        )
        if not here:
            return seen
        assert here != "none", tab.evaluate("document.activeElement.outerHTML")
        seen += 1
    return seen


def test_everything_is_there_without_script(browser: Browser, addresses: dict[str, str]) -> None:
    """The same text, with script off and under a strict policy."""
    plain = browser.new_context(java_script_enabled=False).new_page()
    for name, path in pages("en"):
        plain.goto(addresses["en"] + path)
        assert plain.locator("h1").first.is_visible(), name
        assert plain.locator("main").inner_text().strip(), name
    plain.context.close()


def test_the_nu_checker_has_no_complaint(folders: dict[str, Path], addresses: dict[str, str], tmp_path: Path) -> None:
    """Of any page of the corpus and of our own site: no error and no warning."""
    java, jar = needed("java"), needed(MODULES / "vnu-jar/build/dist/vnu.jar")
    from conftest import Site  # noqa: PLC0415 - a type elsewhere

    assert addresses
    run = Site(ROOT).run("build", "--out", str(tmp_path / "own"), "--base-url", "http://site.test/")
    assert run.code == 0, run.err
    tops = [str(folders["en"]), str(folders["he"]), str(tmp_path / "own")]
    command = [str(java), "-jar", str(jar), "--skip-non-html", "--format", "json", "--stdout", *tops]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    told = json.loads(done.stdout)["messages"]
    shown = {f"{m['type']}: {m['message'][:160]} ({m['url'].rpartition('/news/')[2][-60:]})" for m in told}
    assert sorted(shown)[:20] == []
