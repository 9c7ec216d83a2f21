"""Sources that are no articles, or are made to harm: each is named, with what to do, and nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Site

DAM = "The board emptied the dam above Harlow on Tuesday, so that divers could look at the gate which leaked."
LAUGHS = "".join(f'<!ENTITY {name} "{f"&{of};" * 10}">' for of, name in zip("abcdefgh", "bcdefghi", strict=True))

LAUGHING = (
    f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">{LAUGHS}]><rss version="2.0"><channel><item><title>&i;</title>'
    f"<description>{DAM}</description></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("name", "data", "code", "told"),
    [
        ("long.txt", f"Heap\n\n{DAM} " * 100_000, "source-too-large", "this text has 1"),
        (
            "map.xml",
            f"<?xml version='1.0'?><map><place>{DAM}</place></map>",
            "source-not-text",
            "this is XML of a kind",
        ),
        (
            "feed.xml",  # what it declares is longer than what is looked at to know a feed
            f'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "{"x" * 100_000}">]><rss version="2.0">{"&a;" * 9}</rss>',
            "source-not-text",
            "this is XML of a kind",
        ),
        (
            "laughs.xml",
            LAUGHING,
            "export-entities",
            "declares entities of its own",
        ),
        (
            "box.warc",
            f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\n{'x' * 9}\r\n\r\n",
            "archive-broken",
            "a record lacks a header",
        ),
    ],
)
def test_what_is_no_article_is_named(
    site: Callable[[str], Site], tmp_path: Path, name: str, data: str, code: str, told: str
) -> None:
    """With its code and a help; nothing of it is left in the site."""
    (tmp_path / name).write_text(data, encoding="utf-8", newline="")
    made = site("")
    run = made.run("add", str(tmp_path / name))
    assert (run.code, f"error[{code}]: " in run.err, told in run.err, "\n  help: " in run.err) == (1, True, True, True)
    assert not [file for file in (made.root / "content").rglob("*.*") if file.is_file()]


def test_a_page_that_is_not_in_the_charset_that_it_names_says_so(site: Callable[[str], Site], tmp_path: Path) -> None:
    """It doesn't "name no encoding"."""
    page = f"<meta charset=utf-8><h1>Härlow</h1><p>{DAM.replace('Harlow', 'Härlow')}</p><p>Für später, und schön.</p>"
    (tmp_path / "page.html").write_bytes(page.encode("cp1252"))
    run = site("").run("add", str(tmp_path / "page.html"))
    assert "this is not the utf-8 that it names" in run.err
