"""Rich Text Format (`.rtf`): what its control words say of each paragraph becomes HTML."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from tagwire.intake import fieldcodes, rtfmath, rtfsigns, stylenames
from tagwire.intake.document import Document, counted, found
from tagwire.intake.found import Attachment
from tagwire.intake.rtfpicture import Picture
from tagwire.intake.rtftext import Flow
from tagwire.intake.rtftokens import Token, tokens
from tagwire.model import When

if TYPE_CHECKING:
    from tagwire.intake.found import Asked, Found, Refused

_MARKS: Final = {"b": "strong", "i": "em", "strike": "s", "striked": "s", "super": "sup", "sub": "sub"}
_SILENT: Final = frozenset(
    """fonttbl colortbl filetbl listtable listoverridetable revtbl rsidtbl generator header footer headerl headerr
    headerf footerl footerr footerf nonshppict objdata themedata datastore latentstyles xmlnstbl mmathPr mmathPict
    shprslt annotation atnid atnauthor atntime atnref atndate atnparent bkmkstart bkmkend pgdsctbl pnseclvl tc xe txe
    rxe nextfile ftnsep ftnsepc aftnsep fchars lchars listpicture panose falt fname blipuid template""".split()
)
"""Destinations without text of the article."""
_INFO: Final = frozenset(["title", "author", "keywords", "doccomm", "subject"])
_UNSEEN: Final = {"v": "hidden passage", "deleted": "tracked change, taken as accepted"}
_FIXED: Final = re.compile(stylenames.FIXED, re.IGNORECASE)
_STAND_IN: Final = "\u00ac"
"""What TextEdit writes where a picture stands that is a file of its own."""


@dataclass(slots=True)
class _Group:
    """What holds inside of a pair of braces."""

    place: str = "text"
    """The destination: `text`, `silent`, `stylesheet`, `title`, `pict`, …"""
    marks: frozenset[str] = frozenset()
    link: str = ""
    ignorable: bool = False
    """Behind `\\*`: a destination that is unknown is left out."""
    symbols: str = ""
    """The font of signs that it is in, if any: its letters are none."""
    opened: bool = False
    """A destination of its own begins and ends here."""


def read(data: bytes, path: str, asked: Asked) -> Found | Refused:
    """The article in a `.rtf`."""
    return found(document(data), path, asked)


def document(data: bytes) -> Document:
    """The document in a `.rtf`; one that is cut off gives what is there."""
    reader = _Reader()
    for token in tokens(data):
        reader.take(token)
    return reader.document()


class _Reader:
    """Follows the groups of one file."""

    def __init__(self) -> None:
        self._group = _Group()
        self._stack: list[_Group] = []
        self._flows = [Flow()]
        self._notes: list[str] = []
        self._info: dict[str, str] = {}
        self._made: dict[str, int] = {}
        self._styles: dict[int, str] = {}
        self._style = 0
        self._fixed: set[int] = set()
        self._signs: dict[int, str] = {}
        """Fonts of signs."""
        self._font = 0
        self._pictures: list[Attachment] = []
        self._picture = Picture()
        self._lost = 0
        self._comments = 0
        self._told: Counter[str] = Counter()
        """What else was left out."""
        self._field = ""
        self._property = ""
        self._absent = False
        self._formula = rtfmath.Formula()

    def take(self, token: Token) -> None:
        """One sign."""
        match token.kind:
            case "open":
                self._stack.append(self._group)
                if self._group.place == "math":
                    self._formula.enter()
                self._group = replace(self._group, ignorable=False, opened=False)
            case "close":
                self._close()
            case "destination":
                self._group.ignorable = True
            case "text":
                self._text(token.text)
            case "word":
                self._word(token)

    # -------------------------------------------------------------- text

    def _text(self, text: str) -> None:
        place, group = self._group.place, self._group
        if place == "text":
            shown = rtfsigns.shown(text, group.symbols) if group.symbols else text
            self._flows[-1].write(shown.removeprefix(_STAND_IN) if self._absent else shown, group.marks, group.link)
            self._absent = False
        elif place == "mark":
            self._flows[-1].bullet += text.strip()
        elif place == "field":
            self._field += text
        else:
            self._held(place, text)

    def _held(self, place: str, text: str) -> None:
        """Text of a destination that isn't shown where it stands."""
        if place == "pict":
            self._picture.hexadecimal += text
        elif place == "stylesheet":
            self._styles[self._style] = self._styles.get(self._style, "") + text
        elif place == "fonts":
            if sign := rtfsigns.font(text):
                self._signs[self._font] = sign
            if _FIXED.search(text):
                self._fixed.add(self._font)
        elif place == "sn":
            self._property = text
        elif place == "sv" and self._property == "wzDescription":
            self._picture.alt += text
        elif place == "math":
            self._formula.text(text)
        elif place in _INFO:
            self._info[place] = self._info.get(place, "") + text

    # -------------------------------------------------------------- groups

    def _close(self) -> None:
        closed = self._group
        self._group = self._stack.pop() if self._stack else _Group()
        if closed.place == "math":
            self._formula.close()
            if closed.opened:
                self._flows[-1].write(self._formula.tex(), frozenset(["code"]), "")
        elif closed.opened and closed.place == "absent":
            self._told["picture that is not in the file"] += 1
            self._absent = True
        elif closed.opened and closed.place == "pict":
            self._shown()
        elif closed.opened and closed.place == "text" and len(self._flows) > 1:  # a footnote
            number = len(self._notes) + 1
            self._notes.append(self._flows.pop().html())
            self._flows[-1].mark(number)

    def _shown(self) -> None:
        picture, self._picture = self._picture, Picture()
        data = picture.bytes()
        if not picture.kind or not data:
            self._lost += 1
            return
        name = f"image{len(self._pictures) + 1}.{picture.kind}"
        self._pictures.append(Attachment(name, data))
        self._flows[-1].picture(name, picture.alt)

    def _word(self, token: Token) -> None:
        name, value = token.text, token.value
        if self._destination(name):
            return
        group = self._group
        if group.ignorable and not group.opened:
            group.place, group.opened = "silent", True
        elif group.place == "pict":
            self._picture.take(token)
        elif group.place in ("stylesheet", "fonts"):
            self._style = value or 0 if name in ("s", "cs", "ds", "ts") else self._style
            self._font = value or 0 if name == "f" else self._font
        elif group.place in ("creatim", "revtim"):
            self._made[name] = value or 0
        elif group.place == "math":
            self._formula.open(name)
        elif group.place == "text":
            self._formatted(name, value)

    def _destination(self, name: str) -> bool:
        """Whether a word opens a destination."""
        group = self._group
        if name in _SILENT:
            self._comments += name == "annotation"
            place = "fonts" if name == "fonttbl" else "silent"
        elif name in ("stylesheet", "info", "creatim", "pict", "picprop", "sp", "sn", "sv", *_INFO):
            place = name
        elif name in ("NeXTGraphic", "moMath"):
            place, self._formula = "absent" if name == "NeXTGraphic" else "math", rtfmath.Formula()
        elif name in ("fldinst", "listtext", "pntext"):
            place = "field" if name == "fldinst" else "mark"
            self._field = "" if name == "fldinst" else self._field
        elif name == "fldrslt":
            return self._result(group)
        elif name == "footnote":
            self._flows.append(Flow())
            place, group.marks, group.link = "text", frozenset(), ""
        elif name in ("shppict", "field", "shp", "shpinst", "shptxt", "object", "result", "mmath", "moMathPara"):
            group.ignorable = False
            return True
        else:
            return False
        if group.place == "silent":
            place = "silent"
        group.place, group.opened, group.ignorable = place, True, False
        return True

    def _result(self, group: _Group) -> bool:
        """What a field shows: a table of contents is left out."""
        if fieldcodes.is_table(self._field) and group.place == "text":
            self._told["table of contents"] += 1
            group.place, group.opened = "silent", True
        group.link = fieldcodes.target(self._field)
        group.ignorable = False
        return True

    # -------------------------------------------------------------- formats

    def _formatted(self, name: str, value: int | None) -> None:
        group, flow = self._group, self._flows[-1]
        if name in _MARKS:
            tag = _MARKS[name]
            group.marks = group.marks - {tag} if value == 0 else group.marks | {tag}
        elif name == "nosupersub":
            group.marks -= {"sup", "sub"}
        elif name == "plain":
            group.marks = frozenset()
        elif name == "f":
            fixed = value in self._fixed
            group.marks = group.marks | {"code"} if fixed else group.marks - {"code"}
            group.symbols = self._signs.get(value or 0, "")
        elif name in ("up", "dn"):
            tag = "sup" if name == "up" else "sub"
            group.marks = group.marks | {tag} if value != 0 else group.marks - {tag}
        elif name in ("v", "deleted"):
            group.place = "silent" if value != 0 else group.place
            self._told[_UNSEEN[name]] += value != 0
        elif name == "revised":
            self._told[_UNSEEN["deleted"]] += value != 0
        elif name == "s":
            flow.style = self._styles.get(value or 0, "")
        else:
            flow.take(name, value)

    # -------------------------------------------------------------- the end

    def document(self) -> Document:
        """What was read."""
        while len(self._flows) > 1:
            self._notes.append(self._flows.pop().html())
        notes = "".join(
            f'<li id="rtf-note-{number}">{note}<a href="#rtf-mark-{number}">↑</a></li>'
            for number, note in enumerate(self._notes, 1)
        )
        left = [(self._lost, "picture in a format that browsers don’t show"), (self._comments, "comment")]
        left += sorted((count, what) for what, count in self._told.items())
        author = " ".join(self._info.get("author", "").split())
        return Document(
            html=self._flows[0].html() + (f"<ol>{notes}</ol>" if notes else ""),
            title=" ".join(self._info.get("title", "").split()),
            authors=(author,) if author else (),
            made=self._when(),
            tags=tuple(word.strip() for word in re.split("[,;]", self._info.get("keywords", "")) if word.strip()),
            attachments=tuple(self._pictures),
            left=counted(left),
        )

    def _when(self) -> When | None:
        made = self._made
        try:
            at = datetime(made["yr"], made["mo"], made["dy"], made.get("hr", 0), made.get("min", 0), tzinfo=UTC)
        except (KeyError, ValueError, OverflowError):
            return None
        return When(at, timed=True) if at.year > 1980 else None
