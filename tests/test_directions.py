"""Names in one script among words of another: each is read its own way, and their order is the page's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from screenshots import CHROMIUM
from test_browser import needed

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

TEXT = """
-- tagwire.toml --
title = "הנמל השקט"
lang = "he"
links = "index"
-- content/articles/a.md --
---
title: מנוף
date: 2026-01-01
tags: [C++, מנופים]
---
טקסט.
"""
LEFT = "element => { const r = document.createRange(); const t = element.firstChild;"
LEFT += " return [0, 1].map(at => (r.setStart(t, at), r.setEnd(t, at + 1), r.getBoundingClientRect().left)); }"
"""Where the first two characters of an element stand."""


@pytest.mark.program
@pytest.mark.parametrize("path", ["articles/a/index.html", "tags/index.html"])
def test_c_plus_plus_is_not_plus_plus_c(site: Callable[[str], Site], path: str) -> None:
    """In a Hebrew page the tag C++ runs from left to right, and the formats of a feed stand from right to left."""
    needed(CHROMIUM)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - where there is a browser

    made = site(TEXT)
    made.build()
    with sync_playwright() as program:
        browser = program.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1280, "height": 800})
        tab.goto((made.root / "site" / path).as_uri())
        letter, plus = tab.get_by_role("link", name="C++").evaluate(LEFT)
        atom, rss = (tab.locator(f".follow a[href$='{name}.xml']").bounding_box() for name in ("atom", "rss"))
        browser.close()
    assert letter < plus
    assert atom
    assert rss
    assert atom["x"] > rss["x"]
