"""Numbers of Word's lists: mammoth begins each at 1, so the first item is marked before and its list mended behind."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree, html

from tagwire.intake import wordml
from tagwire.intake.wordml import W

_MARK: Final = "tagwire-item-"
_LEVELS: Final = 9


def mark(root: etree._Element, numbering: bytes) -> None:
    """Put a bookmark with its number into every numbered paragraph (17.9.18 numPr) that doesn't begin its list anew."""
    lists = _Numbering(numbering)
    counts: dict[str, list[int]] = {}
    seen: set[str] = set()
    for paragraph in root.iter(f"{W}p"):
        place = paragraph.find(f"{W}pPr/{W}numPr")
        number = wordml.value(place, "numId")
        level = wordml.value(place, "ilvl") or "0"
        if (
            place is None
            or number in ("", "0")
            or _is_gone(paragraph)
            or not re.fullmatch("[0-9]{1,9}", level)
            or int(level) >= _LEVELS
        ):
            continue
        kind = lists.kind(number)
        at, count = int(level), counts.setdefault(kind, lists.before(kind))
        if number not in seen:
            seen.add(number)
            for restarted, first in lists.restarts(number).items():
                count[restarted] = first - 1
        count[at] += 1
        count[at + 1 :] = lists.before(kind)[at + 1 :]
        if count[at] != 1:
            bookmark = etree.Element(f"{W}bookmarkStart")
            bookmark.set(f"{W}name", f"{_MARK}{count[at]}")
            paragraph.insert(1, bookmark)


def _is_gone(paragraph: etree._Element) -> bool:
    """Whether a paragraph was deleted, or moved elsewhere."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(mark.find(f"{W}{name}") is not None for name in ("del", "moveFrom"))


class _Numbering:
    """What `numbering.xml` says: which lists count together, and at which numbers they begin."""

    def __init__(self, data: bytes) -> None:
        self._kinds: dict[str, str] = {}
        self._before: dict[str, list[int]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        if (root := wordml.part(data)) is None:
            return
        for kind in root.iter(f"{W}abstractNum"):
            firsts = _numbers(kind, "lvl", "start")
            self._before[kind.get(f"{W}abstractNumId", "")] = [firsts.get(at, 1) - 1 for at in range(_LEVELS)]
        for number in root.iter(f"{W}num"):
            name = number.get(f"{W}numId", "")
            self._kinds[name] = wordml.value(number, "abstractNumId")
            self._restarts[name] = _numbers(number, "lvlOverride", "startOverride")

    def kind(self, number: str) -> str:
        """The numbers of one count are of one kind."""
        return self._kinds.get(number, number)

    def before(self, kind: str) -> list[int]:
        """The numbers before the first, by level."""
        return [*self._before.get(kind, [0] * _LEVELS)]

    def restarts(self, number: str) -> dict[int, int]:
        """Levels that begin anew where this list begins, and with which number."""
        return self._restarts.get(number, {})


def _numbers(place: etree._Element, holder: str, name: str) -> dict[int, int]:
    """First numbers by level; those that are no numbers are none."""
    told = ((each.get(f"{W}ilvl", ""), wordml.value(each, name)) for each in place.iterfind(f"{W}{holder}"))
    return {
        int(at): int(first) for at, first in told if re.fullmatch("[0-8]", at) and re.fullmatch("[0-9]{1,6}", first)
    }


def numbered(text: str) -> str:
    """mammoth's HTML, each ordered list beginning at its own number, without the marks."""
    if _MARK not in text:
        return text
    root = html.fragment_fromstring(text, create_parent="div")
    for anchor in [each for each in root.iter("a") if each.get("id", "").startswith(_MARK)]:
        item = anchor.getparent()
        while item is not None and item.tag != "li":
            item = item.getparent()
        above = item.getparent() if item is not None else None
        if item is not None and above is not None and above.tag == "ol" and above.index(item) == 0:
            above.set("start", anchor.get("id", "").removeprefix(_MARK))
        anchor.drop_tree()
    return str(html.tostring(root, encoding="unicode"))
