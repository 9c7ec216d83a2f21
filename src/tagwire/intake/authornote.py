"""The lines below an article that say who its author is: they leave the text and stay as `author_note`."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from tagwire import sentences
from tagwire.intake import voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagwire.intake.pieces import Piece

RULE: Final = "author-box"
LONGEST: Final = 600
"""Characters of a note."""
_PIECES: Final = 4
"""Paragraphs below "About the author"."""

_HEADED: Final = re.compile(
    r"(?:about the (?:authors?|writers?)|über (?:den autor|die autorin)|à propos de l[’']auteure?|sobre el autor"
    r"|об авторе)\s*:?\Z",
    re.IGNORECASE,
)
_TELLS: Final = (
    r"(?:is|was|has|covers|writes|reports|lives|works|teaches|edits|leads|joined|studied|ist|schreibt|lebt|arbeitet"
    r"|berichtet|est|écrit|vit|travaille|es|escribe|vive|trabaja)\b"
)
_AUTHOR: Final = re.compile(
    rf"(?:the (?:author|writer|columnist)|der autor|die autorin|l[’']auteure?|el autor|la autora)\s+{_TELLS}",
    re.IGNORECASE,
)


def start(pieces: Sequence[Piece], authors: Sequence[str]) -> int:
    """Index of the first of the last `pieces` that tell of the authors; their number where none do."""
    for at in range(len(pieces) - 2, max(0, len(pieces) - 2 - _PIECES), -1):
        below = "\n".join(voice.text(piece) for piece in pieces[at + 1 :])
        if _HEADED.match(voice.text(pieces[at])):
            return at if len(below) <= LONGEST else len(pieces)
    at = len(pieces)
    while at > 1 and _tells(voice.text(pieces[at - 1]), authors):
        at -= 1
    return at


def _tells(text: str, authors: Sequence[str]) -> bool:
    """Whether a paragraph begins with the author's name, or with "the author", and says what they do."""
    bare = text.lstrip("—–-*_ ")
    named = any(re.match(_telling(name), bare) for name in authors)
    return len(text) <= LONGEST and (named or bool(_AUTHOR.match(bare)))


def _telling(name: str) -> str:
    """The pattern of a sentence's start that says what a person does: "Jane Roe, who keeps bees, covers"."""
    return rf"{re.escape(name)},?\s+(?:[^.!?]{{2,80}},\s+)?{_TELLS}"


def boxed(boxes: Sequence[str], authors: Sequence[str]) -> str:
    """What boxes beside a page's text say of its authors: whole sentences, from the author's name and a verb on."""
    for box in boxes:
        for name in authors:
            found = re.search(rf"{_telling(name)}.*", box)
            parts = sentences.split(found[0]) if found else []
            note = " ".join(itertools.takewhile(sentences.ends, parts)) or (parts[0] if len(parts) == 1 else "")
            if 0 < len(note) <= LONGEST:
                return note
    return ""


def words(texts: Sequence[str]) -> str:
    """What a note says, its paragraphs one after the other, without the line "About the author"."""
    told = [" ".join(text.split()).lstrip("—–- ") for text in texts if not _HEADED.match(text.strip())]
    return " ".join(told)
