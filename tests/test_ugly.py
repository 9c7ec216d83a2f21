"""What is hard to set, each by its name: the site is built, and shows it whole. Browsers see the same in `corpus`."""

from __future__ import annotations

import gzip
import html
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image

import corpus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run, Site

HEAD = "id: urn:example:a\npublished: 2026-01-02\n"


def article(front: str, text: str = "Text.", settings: str = 'title = "X"') -> str:
    """A site of one article."""
    return f"-- tagwire.toml --\n{settings}\n-- content/articles/a.md --\n---\n{HEAD}{front}\n---\n{text}\n"


@pytest.mark.parametrize("title", ["Harbour news " * 23 + "x", "Donaudampfschifffahrt" * 15])
def test_a_title_of_300_characters(site: Callable[[str], Site], title: str) -> None:
    """In many words or in one, it stands whole on its page, on the front page and in the feed."""
    assert len(title) >= 300
    made = site(article(f"title: {title}\ntags: [{title[:90]}]"))
    made.build()
    for path in ("articles/a/index.html", "index.html", "atom.xml"):
        assert title in made.read(f"site/{path}"), path


def test_sixty_tags(site: Callable[[str], Site]) -> None:
    """All are at the foot of the article, one is above its title in lists."""
    made = site(article(f"title: A\ntags: [{', '.join(f'Berth {n}' for n in range(60))}]"))
    made.build()
    assert made.read("site/articles/a/index.html").count('rel="tag"') == 60
    assert made.read("site/index.html").count('class="p-category"') == 1


def test_no_tags_no_authors_no_summary(site: Callable[[str], Site]) -> None:
    """Nothing stands where nothing is: no empty list, no label."""
    made = site(article("title: A", "![](a.png)").replace("-- content", "-- content/articles/a.png --\n-- content", 1))
    made.run("build")
    page, home = made.read("site/articles/a/index.html"), made.read("site/index.html")
    assert 'class="tags"' not in page
    assert "standfirst" not in page
    assert "p-summary" not in home
    assert not re.search(r"<(p|ul|ol|dl|nav|section|h\d)\b[^>]*>\s*</\1>", page + home)


def test_a_table_of_twenty_columns(site: Callable[[str], Site]) -> None:
    """It scrolls within itself, by keys too."""
    row = "|".join(f" c{n} " for n in range(20))
    made = site(article("title: A", f"|{row}|\n|{'---|' * 20}\n|{row}|"))
    made.build()
    page = made.read("site/articles/a/index.html")
    assert page.count("<th") - page.count("<thead") == 20
    assert '<table tabindex="0">' in page


def pictured(site: Callable[[str], Site], name: str, make: Callable[[Path], object]) -> tuple[Run, str]:
    """What a build says, and the page of an article with this picture."""
    made = site(article("title: A", f"![What it shows]({name})"))
    make(made.root / "content/articles" / name)
    run = made.run("build")
    return run, made.read("site/articles/a/index.html")


def test_a_picture_of_10_000_pixels(site: Callable[[str], Site]) -> None:
    """Phones get a smaller one, the page its true shape."""
    run, page = pictured(site, "wide.png", lambda path: Image.effect_noise((10_000, 40), 9).save(path))
    assert run.code == 0, run.err
    assert 'width="10000" height="40"' in page
    assert "image/avif" in page


def test_an_animated_picture(site: Callable[[str], Site]) -> None:
    """It stays as it is: a smaller one would stand still."""
    frames = [Image.new("P", (900, 600), colour) for colour in (1, 2)]
    run, page = pictured(site, "flag.gif", lambda path: frames[0].save(path, save_all=True, append_images=frames[1:]))
    assert run.code == 0, run.err
    assert 'width="900" height="600"' in page
    assert "srcset" not in page


def test_a_broken_picture(site: Callable[[str], Site]) -> None:
    """It is named, and the rest is built."""
    run, page = pictured(site, "torn.png", lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\nrest"))
    assert run.code == 0
    assert "content/articles/torn.png: warning" in run.err
    assert 'alt="What it shows"' in page


def test_a_drawing_with_a_script(site: Callable[[str], Site]) -> None:
    """It is shown as a picture, never as a part of the page, so its script can't run."""
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><script>alert(1)</script></svg>'
    run, page = pictured(site, "evil.svg", lambda path: path.write_text(drawing))
    assert run.code == 0, run.err
    assert re.search(r'<img[^>]* src="evil\.svg"|<img[^>]* src="[^"]*/evil\.svg"', page)
    assert not re.search(r"<(svg|object|embed|iframe)\b", page)


@pytest.mark.parametrize(("lang", "other", "way", "back"), [("en", "he", "ltr", "rtl"), ("he", "en", "rtl", "ltr")])
def test_an_article_that_runs_the_other_way(
    site: Callable[[str], Site], lang: str, other: str, way: str, back: str
) -> None:
    """Its page runs its way, the furniture around it the site's; in lists its title is set apart."""
    made = site(article(f"title: A\nlang: {other}", settings=f'title = "X"\nlang = "{lang}"'))
    made.build()
    page, home = made.read("site/articles/a/index.html"), made.read("site/index.html")
    assert f'<html lang="{other}" dir="{back}">' in page
    assert f'<header class="masthead" dir="{way}">' in page
    assert f'<html lang="{lang}" dir="{way}">' in home
    assert f'<div class="words" lang="{other}" dir="{back}">' in home


@pytest.mark.parametrize(
    ("name", "text", "told", "more"),
    [
        ("article.html", "<p>\n{{ page.tittle }}", "theme/article.html:2", "template-"),
        ("article.html", '{% extends "tagwire/article.html" %}\n{% block mian %}x{% endblock %}', ":2", "`main`"),
        ("article.html", '{% include "article.html" %}', "theme/article.html:1", "without end"),
    ],
    ids=["an unknown field", "a missing block", "an endless include"],
)
def test_a_theme_with(site: Callable[[str], Site], name: str, text: str, told: str, more: str) -> None:
    """File, line, and what there is instead."""
    made = site(article("title: A") + f"-- theme/{name} --\n{text}\n")
    run = made.run("build")
    assert told in run.err
    assert more in run.err
    assert run.code == int("warning" not in run.err)


def test_home_and_article_are_light(site: Callable[[str], Site]) -> None:
    """HTML and CSS together under 25 KB compressed, one style sheet, no script before anybody asks, no third party."""
    made = site(corpus.SITE)
    (made.root / "content/articles/sea.png").write_bytes(corpus.png(1500, 1000))
    made.build("--base-url", "https://x.example/")
    for path in ("index.html", "articles/lead/index.html", "tags/cranes/index.html"):
        page = made.read(f"site/{path}")
        sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
        assert len(sheets) == 1
        style = made.read(f"site/theme/{sheets[0].rpartition('/')[2]}")
        assert len(gzip.compress(page.encode())) + len(gzip.compress(style.encode())) < 25_000, path
        assert not re.search(r'<script(?! type="application/ld\+json")', page)
        loaded = re.findall(r'<(?:img|source|script|iframe|link rel="(?:stylesheet|icon|preload)")[^>]*>', page)
        assert not [one for one in loaded if "//" in html.unescape(one)]
