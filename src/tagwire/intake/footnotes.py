"""Footnotes of a page: a raised mark that links to a note, and the note that links back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tagwire.intake.htmltree import text_of

if TYPE_CHECKING:
    from lxml import html

_MARK: Final = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§]{1,3})[\])]?\Z", re.IGNORECASE)
_BACK: Final = re.compile(
    r"[\s↩︎⤴↑^⏎⬆️\[\]()*†‡]*(?:\d{1,3}|[a-z]|back|return|jump up)?[\s↩︎⤴↑^.\[\]()]*\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The marks in the text and the notes they refer to."""

    marks: dict[html.HtmlElement, str]
    texts: tuple[tuple[str, html.HtmlElement], ...]


def take(place: html.HtmlElement) -> Footnotes:
    """Find the footnotes of an article and remove the notes from where they stand."""
    targets = {name: element for element in place.iter() for name in (element.get("id"), element.get("name")) if name}
    marks: dict[html.HtmlElement, str] = {}
    notes: dict[html.HtmlElement, str] = {}
    for link in list(place.iter("a")):
        note = _note(link, targets, place)
        if note is None or any(above in notes for above in link.iterancestors()):
            continue  # within a note, it leads back
        notes.setdefault(note, str(len(notes) + 1))
        marks[_raised(link)] = notes[note]
    for note in notes:
        _remove(note)
    return Footnotes(marks, tuple((name, note) for note, name in notes.items()))


def _note(
    link: html.HtmlElement, targets: dict[str, html.HtmlElement], place: html.HtmlElement
) -> html.HtmlElement | None:
    """The block of text that a mark refers to; None if the link is no mark."""
    target = targets.get(link.get("href", "")[1:]) if link.get("href", "").startswith("#") else None
    if target is None or not _MARK.match(text_of(link).strip()) or (_raised(link) is link and not _says_note(link)):
        return None
    block = target
    while block is not place and block.tag not in ("li", "p", "div", "dd", "td", "aside"):
        block = block.getparent()
    block = _widened(block, link)
    outside = block is not place and block not in link.iterancestors() and link not in block.iter()
    if not outside or block.tag == "td" or not text_of(block).strip():
        return None
    return block if _leads_back(block) else None


def _widened(block: html.HtmlElement, mark: html.HtmlElement) -> html.HtmlElement:
    """The box around the block, where that holds nothing but the link back, and the box holds no other note."""
    box = block.getparent()
    back = [link for link in block.iter("a") if link.get("href", "").startswith("#")]
    bare = back and "".join(map(text_of, back)).strip() == text_of(block).strip()
    if not bare or box is None or box.tag not in ("div", "li", "aside") or mark in box.iter("a"):
        return block
    return box if sum(link.get("href", "").startswith("#") for link in box.iter("a")) == len(back) else block


def _says_note(link: html.HtmlElement) -> bool:
    return "noteref" in link.get("role", "") or "footnote" in link.get("class", "") or link.find("sup") is not None


def _raised(link: html.HtmlElement) -> html.HtmlElement:
    """The `<sup>` around a mark, if it holds nothing else."""
    parent = link.getparent()
    return (
        parent
        if parent is not None and parent.tag == "sup" and text_of(parent).strip() == text_of(link).strip()
        else link
    )


def _leads_back(block: html.HtmlElement) -> bool:
    return any(link.get("href", "").startswith("#") for link in block.iter("a"))


def _remove(note: html.HtmlElement) -> None:
    """Take a note out of its place, without its links back, and the list with it if that is empty then."""
    for link in list(note.iter("a")):
        if link.get("href", "").startswith("#") and _BACK.match(text_of(link)) and link.getparent() is not None:
            raised = _raised(link)
            raised.drop_tree()
    parent = note.getparent()
    if parent is None:
        return
    note.drop_tree()
    note.tail = None
    if parent.tag in ("ol", "ul", "div", "section") and not text_of(parent).strip() and parent.getparent() is not None:
        parent.drop_tree()
