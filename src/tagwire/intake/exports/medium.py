"""Medium's export: one page for each story, marked up as an h-entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from tagwire.intake import bundle as bundles
from tagwire.intake import decode, htmltree
from tagwire.intake.exports import address, body, titled, when
from tagwire.intake.exports.files import Files
from tagwire.intake.exports.oldlinks import ByName
from tagwire.intake.found import Item
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import html

    from tagwire.intake.bundle import Bundle
    from tagwire.intake.exports.oldlinks import OldLinks
    from tagwire.intake.found import Asked

_NUMBER: Final = re.compile(r"([0-9a-f]{8,16})\Z")
_WIDGETS: Final = {"kicker": r"\bgraf--kicker\b"}
_ANSWER = 2
"""Paragraphs up to which a text whose title is its first words is an answer to somebody's story."""


def items(bundle: Bundle, path: str, asked: Asked) -> Iterator[Item | Problem]:
    """Every story; answers to the stories of others are left out and told."""
    files = Files(bundle)
    answers = 0
    pages = [name for name in bundle.names() if name.endswith((".html", ".htm"))]
    names = [name for name in pages if "posts/" in f"/{name}"] or [
        name for name in pages if "/" not in name or not bundle.many
    ]
    links = ByName(_ADDRESS, dict(_addresses(bundle, names if bundle.many else [], asked)))
    for name in names if bundle.many else names[:1]:
        page = bundles.read(bundle, name)
        try:
            root = htmltree.parse(page.decode("utf-8", "replace"))
        except htmltree.Unreadable:
            yield Item(f"medium:{name}", titled.digest([page]), decode.empty(path, f"{name} holds no story"))
            continue
        if _is_answer(root):
            answers += 1
        else:
            yield _item(root, page, name, files, asked, links)
    if answers:
        message = f"{titled.counted(answers, 'answer')} to stories could not be carried over"
        yield Problem(f"content/{path}", 0, 0, "not-carried-over", message, severity="warning")


def _addresses(bundle: Bundle, names: list[str], asked: Asked) -> Iterator[tuple[str, str]]:
    """Number and alias of each story that readers could see."""
    for name in names:
        number = _NUMBER.search(name.rpartition(".")[0])
        page = bundles.read(bundle, name) if number and "/draft_" not in f"/{name}" else b""
        tag = re.search(rb"<a\b[^>]*\bp-canonical\b[^>]*>", page)
        old = re.search(rb"href=\"([^\"]+)\"", tag[0]) if tag else None
        alias = address.alias(old[1].decode("utf-8", "replace"), asked.site) if old else ""
        if number and alias:
            yield number[1], alias


_ADDRESS: Final = r"https?://[^?#]*[-/]([0-9a-f]{8,16})(?:[?#]|\Z)"


def _item(root: html.HtmlElement, page: bytes, name: str, files: Files, asked: Asked, links: OldLinks) -> Item:
    heading, summary = _text(root, "p-name"), _text(root, "p-summary")
    named = [link.get("href", "") for link in _all(root, "p-canonical")]
    named += [
        link.get("href", "") for link in root.iter("a") if re.match(r"https://medium\.com/p/\w", link.get("href", ""))
    ]
    link = named[0] if named else ""
    draft = name.rpartition("/")[2].startswith("draft_") or _first(root, "dt-published") is None
    content = _first(root, "e-content")
    inner = _inner(content, heading, summary) if content is not None else ""
    authors = tuple(filter(None, [_text(root, "p-author")]))
    around = body.Around(files, links, _WIDGETS)
    made = body.read(inner, asked, base="https://medium.com/", title=heading, authors=authors, around=around)
    number = next((match[1] for each in (*named, name.removesuffix(".html")) if (match := _NUMBER.search(each))), "")
    slug = re.sub(r"-[0-9a-f]{8,16}\Z", "", address.slug(link)) if named and "/p/" not in link else ""
    when_published = _first(root, "dt-published")
    found = titled.article(
        made,
        title_markup=heading.replace("&", "&amp;").replace("<", "&lt;"),
        slug=slug,
        authors=authors,
        published=when.parse(when_published.get("datetime", "")) if when_published is not None else None,
        summary=summary,
        tags=tuple(htmltree.text_of(tag).strip() for tag in _all(root, "p-category") if htmltree.text_of(tag).strip()),
        id=f"https://medium.com/p/{number}" if number else "",
        draft=draft,
        aliases=tuple(filter(None, [address.alias(link, asked.site)])) if slug and not draft else (),
    )
    return Item(f"medium:{number or name}", titled.digest([page]), found)


def _inner(content: html.HtmlElement, title: str, summary: str) -> str:
    """The text of a story as HTML, tidied."""
    _cut_repeated(content, title, summary)
    _tidy_cards(content)
    return "".join(etree.tostring(child, encoding="unicode", method="html") for child in content)


def _cut_repeated(content: html.HtmlElement, title: str, summary: str) -> None:
    """The first section begins with the title and the subtitle again."""
    for leaf in list(content.iter("h1", "h2", "h3", "h4", "p", "hr"))[:4]:
        words = " ".join(htmltree.text_of(leaf).split())
        marked = "graf--title" in leaf.get("class", "") or "graf--subtitle" in leaf.get("class", "")
        again = leaf.tag != "p" and words and words in (title, summary)
        if marked or again or "section-divider" in leaf.get("class", ""):
            leaf.drop_tree()


def _tidy_cards(content: html.HtmlElement) -> None:
    """A card of another page has a title, a description, the page's host, and a picture that shows nothing else."""
    for link in list(content.iter("a")):
        if "mixtapeImage" in link.get("class", ""):
            link.drop_tree()
        elif "mixtapeEmbed-anchor" in link.get("class", ""):
            for part in link:
                part.tail = f" {part.tail}" if part.tail and part.tag in ("em", "strong") else part.tail


def _is_answer(root: html.HtmlElement) -> bool:
    """Whether it answers somebody: an answer's title is its own first words, and Medium gives it no heading."""
    content, title = _first(root, "e-content"), _text(root, "p-name")
    if content is None or _first(root, "p-summary") is not None:
        return False
    grafs = [" ".join(htmltree.text_of(leaf).split()) for leaf in content.iter("p", "h1", "h2", "h3", "h4")]
    said = [graf for graf in grafs if graf]
    headings = list(content.iter("h1", "h2", "h3", "h4"))
    return not headings and 0 < len(said) <= _ANSWER and bool(title) and said[0].startswith(title.rstrip("…."))


def _all(root: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


def _first(root: html.HtmlElement, name: str) -> html.HtmlElement | None:
    return next(iter(_all(root, name)), None)


def _text(root: html.HtmlElement, name: str) -> str:
    found = _first(root, name)
    return " ".join(htmltree.text_of(found).split()) if found is not None else ""
