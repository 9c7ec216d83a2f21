"""Every link, anchor, picture and feed of a built site leads somewhere, wherever the site is served or opened."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import etree

import corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Site

ROOT = Path(__file__).parent.parent


@pytest.fixture
def harbour(site: Callable[[str], Site]) -> Site:
    """The corpus, not built yet."""
    made = site(corpus.SITE)
    (made.root / "content/articles/sea.png").write_bytes(corpus.png(1500, 1000))
    return made


def links(tree: Any) -> Iterator[str]:
    """Every URL that a page leads to or loads, but the absolute ones that are for machines elsewhere."""
    for name in ("href", "src", "poster"):
        yield from tree.xpath(f"//@{name}[not(parent::link[@rel='canonical' or @hreflang])]")
    for value in list(tree.xpath("//@srcset")):
        yield from (part.split()[0] for part in value.split(", "))


def broken(folder: Path, base: str, *, spelt_out: bool = False) -> list[str]:
    """What leads nowhere, if `folder` stands at the address `base`; with `spelt_out`, no server adds `index.html`."""
    trees = {
        path.relative_to(folder).as_posix(): etree.HTML(path.read_text("utf-8")) for path in folder.rglob("*.html")
    }
    ids = {path: set(map(str, cast("list[str]", tree.xpath("//@id")))) for path, tree in trees.items()}
    found = []
    for path, tree in trees.items():
        for link in links(tree):
            parts = urlsplit(urljoin(f"http://site.test{base}{path}", link))
            if parts.scheme not in {"http", "https"} or parts.netloc != "site.test":
                continue
            inside = unquote(parts.path).removeprefix(base)
            served = not spelt_out or bool(urlsplit(link).scheme)  # what a reader will show leads to the public site
            if served and (inside == "" or inside.endswith("/")):
                inside += "index.html"
            there = unquote(parts.path).startswith(base) and (folder / inside).is_file()
            anchored = not parts.fragment or unquote(parts.fragment) in ids.get(posixpath.normpath(inside), set())
            if not there or not anchored:
                found.append(f"{path}: {link}")
    return found


@pytest.mark.parametrize("base", ["/", "/news/"])
def test_every_link_leads_somewhere_at_any_address(harbour: Site, base: str) -> None:
    """One `site/`, served at the top of a host or below a folder; only the 404 page says the address itself."""
    harbour.build("--base-url", f"http://site.test{base}")
    assert broken(harbour.root / "site", base) == []


def test_every_link_leads_somewhere_from_a_disk(harbour: Site) -> None:
    """With `links = "index"` no server is needed."""
    settings = harbour.root / "tagwire.toml"
    settings.write_text('links = "index"\n' + settings.read_text("utf-8"), "utf-8")
    harbour.build("--base-url", "http://site.test/somewhere/")
    (harbour.root / "site/404.html").unlink()
    assert broken(harbour.root / "site", "/somewhere/", spelt_out=True) == []


def test_every_link_of_our_own_site_leads_somewhere(tmp_path: Path) -> None:
    """The handbook's anchors too."""
    from conftest import Site  # noqa: PLC0415 - a fixture's type elsewhere

    run = Site(ROOT).run("build", "--out", str(tmp_path / "out"), "--base-url", "http://site.test/")
    assert run.code == 0, run.err
    assert broken(tmp_path / "out", "/") == []


def test_pages_are_light(harbour: Site) -> None:
    """Home and article: under 25 KB of HTML and CSS compressed, the text itself included; nothing from elsewhere."""
    import gzip  # noqa: PLC0415 - here alone

    harbour.build("--base-url", "http://site.test/")
    out = harbour.root / "site"
    (style,) = out.glob("theme/style.*.css")
    for path in ("index.html", "articles/lead/index.html"):
        page = (out / path).read_bytes()
        assert len(gzip.compress(page)) + len(gzip.compress(style.read_bytes())) < 25_000
        scripts = re.findall(rb"<script(?! type=\"application/ld\+json\")", page)
        assert scripts == []
