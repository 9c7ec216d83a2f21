"""Mails that were forwarded inside of another's text: what their headers, written out there, say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tagwire.intake import dates, mailparts, opening
from tagwire.intake.htmltree import leaves, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import html

    from tagwire.model import When

_BEGIN: Final = re.compile(
    r"\W*(?:begin forwarded message|(?:-{2,}|_{5,})\s*(?:forwarded message|original message|weitergeleitete nachricht"
    r"|ursprüngliche nachricht|message transféré|mensaje reenviado|messaggio inoltrato|пересылаемое сообщение)\W*"
    r"|anfang der weitergeleiteten nachricht|début du message (?:transféré|réexpédié)"
    r"|[-–]+\s*(?:forwarded|original) message.*)\W*\Z",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(
    r"[*_]*(from|von|de|da|от|date|sent|datum|gesendet|envoyé|fecha|data|дата|subject|betreff|objet|asunto|oggetto|тема"
    r"|to|an|à|para|a|кому|cc|kopie|reply-to|antwort an)\s*[:：][*_]*\s*(.*)\Z",
    re.IGNORECASE,
)
_KINDS: Final = {
    **dict.fromkeys("from von de da от".split(), "author"),
    **dict.fromkeys("date sent datum gesendet envoyé fecha data дата".split(), "date"),
    **dict.fromkeys("subject betreff objet asunto oggetto тема".split(), "title"),
}


@dataclass(frozen=True, slots=True)
class Original:
    """The mail inside."""

    title: str
    authors: tuple[str, ...]
    published: When | None
    text: str = ""


def in_text(text: str, zone: str) -> Original | None:
    """The mail that a plain text forwards, with its text, the innermost of several; None if it forwards none."""
    lines = text.split("\n")
    begin = next((at for at, line in enumerate(lines) if _BEGIN.match(line.strip())), None)
    if begin is None:
        return None
    at = begin + 1
    heads: list[dict[str, str]] = [{}]
    while at < len(lines):
        line = lines[at].lstrip("> ").strip()
        if _BEGIN.match(line):
            heads.append({})
        elif line and not _take(line, heads[-1]):
            break
        at += 1
    whole = [head for head in heads if len(head) > 1]
    if not whole:
        return None
    rest = lines[at:]
    while rest and _quoted(rest):
        rest = [re.sub(r"\A> ?", "", line) for line in rest]
    return _original(whole[-1], zone, "\n".join(rest))


def _quoted(lines: Sequence[str]) -> bool:
    written = [line for line in lines if line.strip()]
    return bool(written) and all(line.startswith(">") for line in written)


def _take(line: str, fields: dict[str, str]) -> bool:
    """Whether a line is a header; then its value is taken."""
    field = _FIELD.match(line)
    if field is None:
        return False
    fields.setdefault(_KINDS.get(field[1].lower(), field[1].lower()), field[2].strip(" *_"))
    return True


def _original(fields: dict[str, str], zone: str, text: str) -> Original:
    authors = mailparts.people(fields.get("author", ""))
    when = dates.read(fields.get("date", "").replace("\u202f", " "), zone)
    return Original(opening.unmailed(fields.get("title", "")), authors, when, text)


def in_tree(root: html.HtmlElement, zone: str) -> Original | None:
    """The mail that a tidy tree forwards; what stands above its text is removed."""
    blocks = leaves(root)
    begin = next((at for at, leaf in enumerate(blocks) if _BEGIN.match(_lines(leaf)[0])), None)
    if begin is None:
        return None
    fields: dict[str, str] = {}
    end = begin
    while end < len(blocks):
        lines = [line for line in _lines(blocks[end]) if line and not _BEGIN.match(line)]
        if not all(_take(line, fields) for line in lines):
            break
        end += 1
    if len(fields) < 2 or end == len(blocks):
        return None
    for leaf in blocks[:end]:
        if leaf.getparent() is not None:
            leaf.drop_tree()
    return _original(fields, zone, "")


def _lines(leaf: html.HtmlElement) -> list[str]:
    """The lines of a block as its `<br>` part them, at least one."""
    for found in leaf.iter("br"):
        found.text = "\n"
    lines = [" ".join(line.split()) for line in text_of(leaf).split("\n\n" if leaf.find("br") is None else "\n")]
    for found in leaf.iter("br"):
        found.text = None
    return lines or [""]
