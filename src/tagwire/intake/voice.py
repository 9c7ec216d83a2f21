"""In whose voice a paragraph speaks: an article *about* donations quotes people who ask, an appeal asks by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagwire.intake.phrases import APPEAL, ASKING, TOLD, WE, YOU

if TYPE_CHECKING:
    from tagwire.intake.pieces import Piece

SHORT = 320
"""Characters of a paragraph that can be one standing phrase."""
_LOOK = 3000
"""Characters of a paragraph that are looked at."""
_QUOTED = re.compile('“[^”]*(?:”|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)|"[^"]*(?:"|$)|「[^」]*(?:」|$)|『[^』]*(?:』|$)')


def text(piece: Piece) -> str:
    """A piece on one line."""
    return piece.plain.replace("\n", " ").strip()


def own(piece: Piece) -> str:
    """What a paragraph says itself, without what it quotes."""
    return _QUOTED.sub(" ", text(piece)[:_LOOK])


def speaks(piece: Piece) -> bool:
    """Whether it says "we"."""
    return bool(WE.search(own(piece)))


def asks(piece: Piece) -> bool:
    """Whether a paragraph asks readers to give to those who write it."""
    said = own(piece)
    if len(said) <= 2 * SHORT and APPEAL.search(said.strip()) and not TOLD.search(said):
        return True
    return bool(WE.search(said) and YOU.search(said) and ASKING.search(said))
