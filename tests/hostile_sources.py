"""What smuggles, inside of every kind of source: documents, mails, saved pages, archives, exports."""

# ruff: noqa: E501 - tables of fields

from __future__ import annotations

import base64
import csv
import html
import io
import json
from typing import TYPE_CHECKING, NamedTuple

from documents import docx, epub, odt, packed, para, warc
from tagwire.characters import FORBIDDEN
from test_export_wordpress import HEAD, TAIL, post

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROSE = (
    "The harbour of Velmar was closed on Monday after a cable had been found across its mouth. The port authority said "
    "that ships would be let in again by Thursday, once divers had looked at the sea bed."
)


class Vector(NamedTuple):
    """What somebody tries."""

    number: int
    markup: str
    """As HTML, or as text."""
    address: str
    """Where a link may lead."""

    @property
    def body(self) -> str:
        """HTML around it."""
        return f'<p>{PROSE}</p>{self.markup}<p><a href="{html.escape(self.address)}">x</a> {PROSE}</p>'

    @property
    def text(self) -> str:
        """As XML has it, without what XML can't have."""
        return html.escape(FORBIDDEN.sub("", self.markup))

    @property
    def target(self) -> str:
        """The address in XML."""
        return html.escape(FORBIDDEN.sub("", self.address))


def _word(vector: Vector) -> bytes:
    link = f'<w:hyperlink r:id="l"><w:r><w:t>{vector.text}</w:t></w:r></w:hyperlink>'
    body = para(vector.text, "Title") + para(PROSE) + para(vector.text) + para(link) + para(vector.text, "Code")
    hyperlink = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    relations = f'<Relationship Id="l" Type="{hyperlink}" Target="{vector.target}" TargetMode="External"/>'
    core = f"<dc:title>{vector.text}</dc:title><dc:creator>{vector.text}</dc:creator>"
    return docx(body, core=core, relations=relations)


def _opendocument(vector: Vector) -> bytes:
    link = f'<text:a xlink:href="{vector.target}">{vector.text}</text:a>'
    frame = f'<draw:frame draw:name="{vector.text}"><draw:image xlink:href="{vector.target}"/></draw:frame>'
    note = f"<text:note><text:note-body><text:p>{vector.text}</text:p></text:note-body></text:note>"
    body = f'<text:h text:outline-level="1">{vector.text}</text:h><text:p>{PROSE}{note} {link}</text:p>'
    meta = f"<dc:title>{vector.text}</dc:title><dc:creator>{vector.text}</dc:creator>"
    return odt(f"{body}<text:p>{vector.text}</text:p><text:p>{frame}</text:p>", "", meta)


def _book(vector: Vector) -> bytes:
    return epub({"one": f"<h1>E</h1>{vector.body}"}, f"<dc:title>E{vector.number}</dc:title>")


def _rich(vector: Vector) -> bytes:
    def spelt(text: str) -> str:
        return "".join(char if char.isascii() and char.isalnum() else f"\\u{ord(char) & 0x7FFF}?" for char in text)

    link = rf'{{\field{{\*\fldinst HYPERLINK "{spelt(vector.address)}"}}{{\fldrslt link}}}}'
    title = rf"{{\info{{\title R{vector.number}}}{{\author {spelt(vector.markup)}}}}}"
    return rf"{{\rtf1\ansi{title}\pard {PROSE}\par {spelt(vector.markup)}\par {link}\par}}".encode()


def _saved(vector: Vector) -> bytes:
    page = base64.encodebytes(f"<h1>P{vector.number}</h1>{vector.body}{vector.body}".encode()).decode()
    head = "From: <Saved by Blink>\nSnapshot-Content-Location: https://skarv.example/x\nMIME-Version: 1.0\n"
    head += 'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\nContent-Type: text/html\n'
    return f"{head}Content-Transfer-Encoding: base64\nContent-Location: https://skarv.example/x\n\n{page}\n--b--\n".encode()


def _mail(vector: Vector) -> bytes:
    head = f"From: {vector.number} <a@old.example>\nSubject: M{vector.number}\nDate: Thu, 01 Jan 2026 09:00:00 +0000\n"
    head += f"Message-ID: <m{vector.number}@old.example>\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    return f"{head}<h1>M{vector.number}</h1>{vector.body}".encode()


DOCUMENTS: dict[str, Callable[[Vector], bytes]] = {
    "docx": _word, "odt": _opendocument, "epub": _book, "rtf": _rich, "mhtml": _saved, "eml": _mail,
}  # fmt: skip
"""Kinds that hold one article, by the ending of their names."""


def _ghost(vectors: list[Vector]) -> bytes:
    posts = [
        {"id": f"g{each.number}", "title": f"G{each.number} {each.markup}", "slug": f"g{each.number}", "html": each.body,
         "custom_excerpt": each.markup, "feature_image": each.address, "canonical_url": each.address,
         "status": "published", "type": "post", "published_at": "2026-01-01T08:30:00.000Z"}
        for each in vectors
    ]  # fmt: skip
    cards = [{"type": kind, "url": vector.address, "html": vector.markup, "markdown": vector.markup, "caption": vector.markup,
              "src": vector.address, "children": [{"type": "text", "text": vector.markup}]}
             for vector in vectors for kind in ("html", "markdown", "embed", "image", "link", "button", "bookmark")]  # fmt: skip
    lexical = json.dumps({"root": {"type": "root", "children": cards}})
    posts.append({"id": "gl", "title": "Cards", "slug": "gl", "lexical": lexical, "status": "published",
                  "published_at": "2026-01-01T08:30:00.000Z"})  # fmt: skip
    tags = [{"id": f"t{each.number}", "name": each.markup} for each in vectors]
    joined = [{"post_id": f"g{each.number}", "tag_id": f"t{each.number}"} for each in vectors]
    data = {"posts": posts, "tags": tags, "posts_tags": joined, "users": [], "posts_authors": []}
    return json.dumps({"db": [{"meta": {"version": "5.80.0"}, "data": data}]}).encode()


def _json_feed(vectors: list[Vector]) -> bytes:
    items = [
        {"id": f"urn:x:j{each.number}", "url": each.address, "title": f"J{each.number} {each.markup}", "image": each.address,
         "content_html": each.body, "tags": [each.markup], "authors": [{"name": each.markup, "url": each.address}],
         "summary": each.markup, "date_published": "2026-01-01T09:00:00Z"}
        for each in vectors
    ]  # fmt: skip
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Old", "items": items}).encode()


def _atom(vectors: list[Vector]) -> bytes:
    entries = "".join(
        f'<entry><id>urn:x:a{each.number}</id><title type="html">A{each.number} {each.text}</title>'
        f'<link href="{each.target}"/><author><name>{each.text}</name></author><updated>2026-01-01T09:00:00Z</updated>'
        f'<category term="{each.text}"/><content type="html">{html.escape(FORBIDDEN.sub("", each.body))}</content></entry>'
        for each in vectors
    )
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Old</title><id>urn:x:o</id><updated>2026-01-01T09:00:00Z'
    return f"{feed}</updated>{entries}</feed>".encode()


def _wordpress(vectors: list[Vector]) -> bytes:
    items = "".join(
        post(each.number + 1, f"W{each.number} {FORBIDDEN.sub('', each.markup)}", FORBIDDEN.sub("", each.body))
        for each in vectors
        if "]]>" not in each.body
    )
    return f"{HEAD}{items}{TAIL}".encode()


def _table(rows: list[list[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


def _beehiiv(vectors: list[Vector]) -> bytes:
    names = "id,web_title,status,audience,content_tags,url,web_subtitle,content_html,thumbnail_url,created_at".split(
        ","
    )
    rows = [
        [f"b{each.number}", f"B{each.number} {each.markup}", "confirmed", "free", each.markup, each.address, each.markup,
         each.body, each.address, "2026-01-01 08:30:00"]
        for each in vectors
    ]  # fmt: skip
    return _table([names, *rows]).encode()


def _substack(vectors: list[Vector]) -> bytes:
    names = "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url".split(",")
    rows = [
        [f"{each.number}.s{each.number}", "2026-01-01T08:30:00.000Z", "true", "", "newsletter", "everyone",
         f"S{each.number} {each.markup}", each.markup, each.address]
        for each in vectors
    ]  # fmt: skip
    pages = {f"posts/{each.number}.s{each.number}.html": each.body for each in vectors}
    return packed({"posts.csv": _table([names, *rows]), **pages})


def _medium(vectors: list[Vector]) -> bytes:
    pages = {
        f"posts/2026-01-01_D{each.number}-{each.number:012x}.html": "<!DOCTYPE html><html><body><article class='h-entry'>"
        f"<header><h1 class='p-name'>D{each.number} {each.text}</h1></header>"
        f"<section data-field='body' class='e-content'>{each.body}</section>"
        f"<footer><a class='p-canonical' href='{each.target}'>x</a></footer></article></body></html>"
        for each in vectors
    }
    return packed({**pages, "profile/profile.html": "<p>Me.</p>"})


def _buttondown(vectors: list[Vector]) -> bytes:
    names = "id,secondary_id,subject,publish_date,source,slug".split(",")
    rows = [
        [f"n{each.number}", "1", f"N{each.number} {each.markup}", "2026-01-01 08:30:00+00:00", "app", f"n{each.number}"]
        for each in vectors
    ]
    texts = {f"emails/n{each.number}.md": f"{PROSE}\n\n{each.markup}\n\n[x]({each.address})\n" for each in vectors}
    return packed({"emails.csv": _table([names, *rows]), **texts})


def _archive(vectors: list[Vector]) -> bytes:
    pages = [
        (f"https://old.example/{each.number}", "text/html", f"<h1>V{each.number}</h1>{each.body}".encode())
        for each in vectors
    ]
    return warc(*pages)


EXPORTS: dict[str, Callable[[list[Vector]], bytes]] = {
    "ghost.json": _ghost, "feed.json": _json_feed, "atom.xml": _atom, "wordpress.xml": _wordpress, "beehiiv.csv": _beehiiv,
    "substack.zip": _substack, "medium.zip": _medium, "buttondown.zip": _buttondown, "old.warc": _archive,
}  # fmt: skip
"""Kinds that hold many, by name."""


def files(vectors: list[Vector], *, every: bool) -> Iterator[tuple[str, bytes]]:
    """(Name, bytes) of sources that hold these: each in every kind, or each in one kind."""
    kinds = [*DOCUMENTS, *EXPORTS]
    for at, kind in enumerate(kinds):
        held = [each for each in vectors if every or each.number % len(kinds) == at]
        if kind in EXPORTS:
            yield kind, EXPORTS[kind](held)
        else:
            yield from ((f"{kind}{each.number}.{kind}", DOCUMENTS[kind](each)) for each in held)
