"""The pieces of a plain text as Markdown for Python-Markdown (`extra`, `sane_lists`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tagwire.intake.escape import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagwire.intake.pieces import Piece

_URL = re.compile(r"https?://[A-Za-z0-9\[][\w./~!$&'()*+,;=:@%?#\[\]-]*", re.ASCII)
_MAIL = re.compile(r"(?<![\w.+/@-])[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_LINK = re.compile(f"{_URL.pattern}|{_MAIL.pattern}", re.ASCII)
_TRAILING = ".,;:!?'*_"
_REFERENCE = re.compile(r"&#?\w+;")
_STAND_IN = re.compile("\ue000(\\d+)\ue001")
_BLANKS = re.compile(" {2,}")
_RULE = re.compile(r"([*_#-])(?:\s*\1){2,}")
_FENCE = re.compile("`{3,}")


def markdown(pieces: Sequence[Piece]) -> str:
    """A whole body, ends in one line feed."""
    return _blocks(pieces, _highest(pieces), top=True) + "\n"


_EMPHASIS: Final = re.compile(r"(?<![\w\\*])\\_(?=[^\s_])([^_*`<\\]{0,300}[^\s_*`<\\])\\_(?![\w*])")
"""A pair of escaped underscores around words, within one paragraph."""


def emphasised(text: str) -> str:
    """Markdown with what stands between underscores in italics, as the volunteers of Project Gutenberg mean it."""
    return "\n\n".join(_EMPHASIS.sub(r"*\1*", block) for block in text.split("\n\n"))


def _highest(pieces: Sequence[Piece]) -> int:
    return min((piece.level for piece in pieces if piece.kind == "heading"), default=1)


def _blocks(pieces: Sequence[Piece], highest: int = 1, *, top: bool = False) -> str:
    out: list[str] = []
    before: Piece | None = None
    for at, piece in enumerate(pieces):
        if top and 0 < at < len(pieces) - 1 and is_rule(piece):
            out.append("* * *")
            before = None
            continue
        merges = before is not None and before.kind == piece.kind == "list" and before.level > 0 < piece.level
        # Two numbered lists in a row would become one, with other numbers: the second is shown as its lines.
        out.append(_literal(piece) if merges else _block(piece, highest, top=top))
        before = None if merges else piece
    return "\n\n".join(out)


def is_rule(piece: Piece) -> bool:
    """Whether a piece is a line drawn between paragraphs: "* * *", "-----"."""
    return piece.kind == "paragraph" and len(piece.lines) == 1 and _RULE.fullmatch(piece.lines[0]) is not None


def _block(piece: Piece, highest: int, *, top: bool) -> str:
    match piece.kind:
        case "heading":
            level = min(6, piece.level - highest + 2)  # the title is the page's only h1
            return f"{'#' * level} {inline(piece.lines[0])}"
        case "list":
            return _list(piece)
        case "quote":
            return "\n".join(f"> {line}" if line else ">" for line in _blocks(piece.parts[0]).split("\n"))
        case "preformatted" if top:
            return _fenced(piece.lines)
        case _:
            return broken(piece.lines)


def _fenced(lines: Sequence[str]) -> str:
    # Python-Markdown knows fences at the margin only.
    fence = "`" * max([3, *(len(run) + 1 for line in lines for run in _FENCE.findall(line))])
    return "\n".join([fence, *lines, fence])


def _literal(piece: Piece) -> str:
    marked = [
        f"{piece.level + number}. {line}" if at == 0 else line
        for number, part in enumerate(piece.parts)
        for at, line in enumerate("\n".join(inner.plain for inner in part).split("\n"))
    ]
    return broken(marked)


def _list(piece: Piece) -> str:
    items = []
    for number, part in enumerate(piece.parts):
        marker = f"{piece.level + number}. " if piece.level else "- "
        text = _item(part)
        items.append(marker + re.sub(r"\n(?=[^\n])", "\n    ", text))
    return ("\n\n" if piece.loose else "\n").join(items)


def _item(part: Sequence[Piece]) -> str:
    """An item's paragraphs apart by blank lines; a list right below its first paragraph isn't."""
    if len(part) > 1 and part[1].kind == "list" and part[0].kind in ("paragraph", "lines"):
        rest = _blocks(part[2:])
        return f"{_block(part[0], 1, top=False)}\n{_list(part[1])}" + (f"\n\n{rest}" if rest else "")
    return _blocks(part)


def broken(lines: Sequence[str]) -> str:
    """Lines that stay lines: each but the last ends in Markdown's hard break."""
    return inline("\n".join(lines)).replace("\n", "  \n")


def inline(text: str) -> str:
    """Plain text with its URLs and e-mail addresses as links, everything else literal."""
    text = _BLANKS.sub(" ", text) if "  " in text else text  # HTML shows one space
    links: list[str] = []

    def stand_in(found: re.Match[str]) -> str:
        link = _trimmed(found[0])
        if _REFERENCE.search(link) or len(link) < 6:
            return found[0]
        links.append(link)
        return f"\ue000{len(links) - 1}\ue001{found[0][len(link) :]}"

    if "\ue000" in text or ("://" not in text and "@" not in text):
        return escape(text)
    marked = escape(_LINK.sub(stand_in, text))
    return _STAND_IN.sub(lambda found: f"<{links[int(found[1])]}>", marked)


def _trimmed(link: str) -> str:
    """A URL without the punctuation of the sentence around it; a bracket belongs to it if it opened there."""
    while link and (link[-1] in _TRAILING or _closes_nothing(link)):
        link = link[:-1]
    return link


def _closes_nothing(link: str) -> bool:
    opening = {")": "(", "]": "["}.get(link[-1])
    return opening is not None and link.count(link[-1]) > link.count(opening)
