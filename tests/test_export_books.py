"""Books, OpenDocument texts and web archives as programs write them, through the command line."""

# ruff: noqa: E501 - a source is a text, broken where it means something

from __future__ import annotations

import gzip
import sys
import zlib
from typing import TYPE_CHECKING

import brotli

from documents import answered, epub, odt, png
from test_export_formats import add, markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from conftest import Site

BOOK = {
    "title": '<section epub:type="titlepage"><h1>The Weir</h1><p>A history</p><p>by Ada Quill</p></section>',
    "one": '<section epub:type="chapter"><h1>Chapter <br/>One</h1><p>In the beginning there was a weir'
    '<a epub:type="noteref" href="#n1">1</a>.</p><aside epub:type="footnote" id="n1"><p>A popup.</p></aside>'
    '<p>Second<a epub:type="noteref" href="notes.xhtml#e1" id="r1"><sup>2</sup></a> paragraph'
    '<span epub:type="pagebreak" id="p1" title="1">1</span> goes on to <a href="two.xhtml#sec">a part</a>.</p>'
    '<figure><img src="../a.png" alt="Alt"/><figcaption>Cap</figcaption></figure></section>',
    "one_split_001": "<p>which goes on behind a split.</p>",
    "two": '<h1 id="sec">Two</h1><audio src="../a.mp3" controls=""></audio><img src="../lost.png" alt=""/>'
    '<epub:switch id="s"><epub:case required-namespace="x"><p>case</p></epub:case><epub:default><p>default</p>'
    "</epub:default></epub:switch>",
    "notes": '<section epub:type="endnotes"><h2>Notes</h2><ol><li id="e1" epub:type="endnote"><p>An <i>endnote</i>.'
    ' <a href="one.xhtml#r1">↩</a></p></li></ol></section>',
}


def test_a_book_with_all_that_books_have(site: Callable[[str], Site]) -> None:
    """Notes of both kinds, split files, a sound; numbers of paper pages and the title page are no text."""
    made = site("")
    meta = (
        "<dc:title>The Weir</dc:title><dc:title>A history</dc:title><dc:creator>Ada Quill</dc:creator>"
        '<dc:creator xmlns:opf="http://www.idpf.org/2007/opf" opf:role="trl">Bo Reed</dc:creator>'
        "<dc:date>2024-03-01</dc:date><dc:language>en-GB</dc:language><dc:subject>Water</dc:subject>"
        "<dc:publisher>Quay Press</dc:publisher>"
    )
    run = add(made, "weir.epub", epub(BOOK, meta, {"a.png": png(), "a.mp3": b"ID3"}))
    keys, body = markdown(made, "articles/the-weir")
    assert (keys["title"], keys["authors"], keys["published"], keys["tags"]) == (
        "The Weir", "[Ada Quill]", "2024-03-01", "[Water]"
    )  # fmt: skip
    assert (
        body
        == """## Chapter One

In the beginning there was a weir[^1].

Second[^2] paragraph goes on to a part.

<figure>
<img src="the-weir/a.png" alt="Alt">
<figcaption>Cap</figcaption>
</figure>

which goes on behind a split.

## Two

[a.mp3](the-weir/a.mp3)

default

[^1]: A popup.

[^2]: An *endnote*."""
    )
    for told in ("the subtitle “A history”", "Bo Reed, who isn’t its author", "its publisher “Quay Press”",
                 "picture lost.png, which is not in the book", "1 link to places in the same text"):  # fmt: skip
        assert f"  not carried over: {told}\n" in run.out


TEXT = (
    '<text:p>Text<text:hidden-text text:string-value="x">secret</text:hidden-text> with '
    "<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>"
    "<office:annotation><text:p>A remark.</text:p></office:annotation>, and more of it.</text:p>"
    '<text:list text:style-name="L1"><text:list-item><text:p>one</text:p></text:list-item>'
    '<text:list-item text:start-value="5"><text:p>five</text:p></text:list-item></text:list><text:p>Between.</text:p>'
    '<text:list text:style-name="L1" text:continue-numbering="true"><text:list-item><text:p>six</text:p>'
    "</text:list-item></text:list>"
    '<text:p><draw:frame><draw:text-box><text:p><draw:frame><draw:image xlink:href="Pictures/b.png"/></draw:frame>'
    "Figure 1: A caption</text:p></draw:text-box></draw:frame></text:p>"
    '<text:p>So <draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/>'
    '</draw:frame>.</text:p><text:p><draw:frame><draw:object xlink:href="./Object 2"/>'
    '<draw:image xlink:href="./ObjectReplacements/Object 2"/></draw:frame>End.</text:p>'
)
STYLES = (
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/>'
    "</text:list-style>"
)


def test_an_opendocument_text_with_objects(site: Callable[[str], Site]) -> None:
    """Numbers that go on, captions, formulas and readings; hidden text and a chart's picture for Windows are none."""
    made = site("")
    parts = {
        "Pictures/b.png": png(),
        "Object 1/content.xml": b'<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>E</mi><mo>=</mo><mi>m</mi></math>',
        "ObjectReplacements/Object 1": b"\x01\0\0\0",
        "Object 2/content.xml": b"<broken",
        "ObjectReplacements/Object 2": b"\x01\0\0\0",
    }
    run = add(made, "x.odt", odt(TEXT, STYLES, "<dc:title>The odd one</dc:title>", parts))
    keys, body = markdown(made, "articles/the-odd-one")
    assert keys["title"] == "The odd one"
    assert (
        body
        == """Text with <ruby>漢<rt>kan</rt></ruby>, and more of it.

1. one

<!-- -->

5. five

Between.

6. six

<figure>
<img src="the-odd-one/b.png" alt="">
<figcaption>Figure 1: A caption</figcaption>
</figure>

So `E=m`.

End."""
    )
    for told in ("1 comment", "an object that is neither text nor picture"):
        assert f"  not carried over: {told}\n" in run.out


# ------------------------------------------------------------------ web archives

PROSE = "The harbour of Velmar was closed on Monday after a cable had been found across its mouth, it said. " * 3


def page(title: str, more: str = "") -> bytes:
    """A page of an article."""
    return (
        f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{PROSE}</p>{more}"
        f"<p>{PROSE}</p></article></body></html>"
    ).encode()


def record(address: str, body: bytes, coding: str = "", status: str = "200 OK", kind: str = "text/html") -> bytes:
    """A record of an answer, packed by itself."""
    said = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{coding}\r\n".encode() + body
    return gzip.compress(answered(address, said))


def chunked(body: bytes) -> bytes:
    """A body as servers send it whose length they don't know yet."""
    parts = [body[at : at + 100] for at in range(0, len(body), 100)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


CHUNKS = "Transfer-Encoding: chunked\r\n"
RECORDS = (
    record("https://v.example/a", chunked(page("Chunked", "<img src=/a.png?x=1 alt=A>")), CHUNKS),
    record("https://v.example/b", chunked(gzip.compress(page("Gzip"))), f"Content-Encoding: gzip\r\n{CHUNKS}"),
    record("https://v.example/c", chunked(brotli.compress(page("Brotli"))), f"Content-Encoding: br\r\n{CHUNKS}"),
    record("https://v.example/c2", page("Unpacked"), "Content-Encoding: br\r\n"),
    record("https://v.example/d", zlib.compress(page("Deflate")), "Content-Encoding: deflate\r\n"),
    record("https://v.example/e", b"(\xb5/\xfd", "Content-Encoding: zstd\r\n"),
    record("https://v.example/old", b"<h1>Moved</h1>", "Location: /b\r\n", "301 Moved"),
    record("https://v.example/gone", page("Gone"), "", "404 Not Found"),
    record("https://v.example/a.png?x=1", png(), kind="image/png"),
    record("https://v.example/x.pdf", b"%PDF-1.4", kind="application/pdf"),
)
NAMES = ["brotli", "chunked", "deflate", "gzip", "unpacked"]


def articles(made: Site) -> list[str]:
    """Names of all articles."""
    return sorted(path.stem for path in (made.root / "content/articles").glob("*.md"))


def test_a_web_archive_with_every_packing(site: Callable[[str], Site]) -> None:
    """Each page is there; what isn't one is counted; a packing that can't be read is named."""
    made = site("")
    run = add(made, "v.warc.gz", b"".join(RECORDS))
    assert articles(made) == NAMES
    assert "![A](chunked/a.png)" in made.read("content/articles/chunked.md")
    assert "this page is packed by `zstd`, which isn’t read (https://v.example/e)" in run.err
    assert "1 page that was answered with 404 could not be carried over" in run.err
    assert "1 document of the kind application/pdf could not be carried over" in run.err


def test_a_torn_web_archive_gives_what_stands_before(site: Callable[[str], Site]) -> None:
    """And says that it is damaged."""
    made = site("")
    run = add(made, "v.warc.gz", b"".join(RECORDS)[:-100])
    assert articles(made) == NAMES
    assert "error[archive-broken]: this web archive is damaged: it ends within a record" in run.err


def test_without_brotli_only_its_pages_are_refused(
    site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the command that installs it is told."""
    monkeypatch.setitem(sys.modules, "brotli", None)
    made = site("")
    run = add(made, "v.warc.gz", b"".join(RECORDS[:3]))
    assert articles(made) == ["chunked", "gzip"]
    assert "error[extra-missing]: reading pages that are packed by Brotli needs a library" in run.err
    assert "help: run: pip install 'tagwire[brotli]'" in run.err
