"""What a site can do without, it is spared, and nothing leads to it any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site

ARTICLES = "".join(
    f"-- content/articles/n{n}.md --\n---\nid: urn:uuid:00000000-0000-4000-8000-00000000000{n}\ntitle: N{n}\n"
    f"published: 2026-0{n}-01\ntags: [Harbour]\n---\nText {n}.\n"
    for n in range(1, 5)
)
SPARED = 'search = true\nleave_out = ["dates", "follow", "related"]\n'


def pages(made: Site) -> set[str]:
    """Addresses of all pages."""
    return {path for path in made.outputs() if path.endswith(".html")}


def test_what_is_left_out_is_not_made(site: Callable[[str], Site]) -> None:
    """And nothing else is."""
    made = site(f"{SETTINGS}search = true\n{ARTICLES}")
    made.build()
    whole, feeds = (
        pages(made),
        {path: data for path, data in made.outputs().items() if path.endswith((".xml", ".json"))},
    )
    assert "<h2>Related" in made.read("site/articles/n4/index.html")
    made.write(f"{SETTINGS}{SPARED}")
    made.build()
    months = {f"archive/2026/0{n}/index.html" for n in range(1, 5)}
    dates = {"articles/index.html", "archive/2026/index.html", *months}
    assert whole - pages(made) == dates | {"follow/index.html", "tags/harbour/follow/index.html"}
    assert pages(made) < whole
    assert "<h2>Related" not in made.read("site/articles/n4/index.html")
    now = made.outputs()
    assert {path for path, data in feeds.items() if now[path] != data} == set()


def test_each_is_left_out_by_itself(site: Callable[[str], Site]) -> None:
    """Not one with another."""
    made = site(f"{SETTINGS}search = true\n{ARTICLES}")
    made.build()
    whole = pages(made)
    for part, gone in (("dates", 6), ("follow", 2), ("related", 0)):
        made.write(f'{SETTINGS}search = true\nleave_out = ["{part}"]\n')
        made.build()
        assert len(whole) - len(pages(made)) == gone
        assert ("<h2>Related" in made.read("site/articles/n4/index.html")) == (part != "related")


def test_nothing_leads_to_what_is_left_out(site: Callable[[str], Site]) -> None:
    """No page, no list of feeds, no sitemap: a site that leaves all of it out passes the check of all links."""
    made = site(f"{SETTINGS}{SPARED}{ARTICLES}")
    made.build()
    run = made.run("check", "--strict")
    assert (run.code, run.err) == (0, "")
    assert '<a href="../../subscribe/"><bdi>Harbour</bdi></a>' in made.read("site/tags/harbour/index.html")
    ways = made.read("site/subscribe/index.html")
    assert '<a href="../tags/harbour/"><bdi>Harbour</bdi></a>' in ways
    assert "page that shows" not in ways


def test_a_renamed_tag_leads_to_no_page_that_is_left_out(site: Callable[[str], Site], tmp_path: Path) -> None:
    """Its list goes on at the old address, the page beside its feeds was there for nobody."""
    made, to = site(f"{SETTINGS}{SPARED.replace('search = true', '')}{ARTICLES}"), str(tmp_path / "www")
    assert made.run("publish", "--to", to).code == 0
    made.write(ARTICLES.replace("[Harbour]", "[Port]"))
    made.build()
    assert {"tags/harbour/index.html", "tags/port/index.html"} <= pages(made)
    assert not [path for path in pages(made) if "follow/" in path]
