"""True quotes, apostrophes, dashes and ellipses for those of a typewriter, as an article's language sets them.

It works on finished HTML, so both engines get the same. Code, formulas, URLs and whatever else is shown as it was typed
are stepped over. In doubt a sign stays as it is: a quote that nothing closes, `--flag`, 5'10".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagwire.prose.formulas import DISPLAY, END, INLINE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from dataclasses import dataclass
else:
    from tagwire.frozen import dataclass

_SIGNS = re.compile(r"""["']|&quot;|--|\.\.\.""")
_TOKEN = re.compile(
    r"<(?:(?i:(?P<verbatim>pre|code|kbd|samp|var|script|style|textarea|math)\b.*?</(?P=verbatim)\s*>)"
    r"""|!--.*?-->|(?i:(?P<tag>/?[a-z][a-z0-9]*)(?:[^<>"']|"[^"]*"|'[^']*')*>))"""
    rf"|{INLINE}[^{END}]*{END}|{DISPLAY}[^{END}]*{END}|h(?i:ttps?://)[^\s<\"]+|H(?i:ttps?://)[^\s<\"]+"
    r"""|"|&(?i:quot;)|'|--+|\.\.+""",
    re.DOTALL,
)
"""Each branch begins with a letter of its own: Python's engine then steps over all others at once."""
_WITHIN = frozenset("a abbr b bdi bdo br cite del dfn em i ins mark q s small span strong sub sup time u".split())
"""Elements that don't end what a quotation may stand in."""
_OPENS_AFTER = "([{«‹„‚“‘—–-/¿¡"
_HEBREW = re.compile(r"[א-ת]")
_QUOTES = ("'", '"')
_DECADE = re.compile(r"\d\ds?\b")
_DEEPEST = 8
_GAP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Marks:
    """Quotation marks of a language: for straight double ones, and for straight single ones."""

    double: tuple[str, str]
    single: tuple[str, str]


_CURLY = Marks(("“", "”"), ("‘", "’"))
_LOW = Marks(("„", "“"), ("‚", "‘"))
_LOW_HIGH = Marks(("„", "”"), ("«", "»"))
_RIGHT = Marks(("”", "”"), ("’", "’"))
_POINTED = Marks(("«", "»"), ("“", "”"))
_POINTED_TWICE = Marks(("«", "»"), ("‹", "›"))
_LANGUAGES = {
    **dict.fromkeys(("en", "nl", "tr", "zh", "ko", "hi", "id", "pt-br", "ga", "cy"), _CURLY),
    **dict.fromkeys(("de", "cs", "sk", "sl", "is", "lt", "bg"), _LOW),
    **dict.fromkeys(("pl", "hu", "ro"), _LOW_HIGH),
    **dict.fromkeys(("sv", "fi", "he"), _RIGHT),
    **dict.fromkeys(("es", "pt", "it", "ca", "el", "nb", "nn", "no"), _POINTED),
    **dict.fromkeys(("ru", "uk", "be"), Marks(("«", "»"), ("„", "“"))),
    **dict.fromkeys(("fa", "fr-ch", "de-ch"), _POINTED_TWICE),
    "fr": Marks((f"«{_GAP}", f"{_GAP}»"), ("“", "”")),
    "ar": Marks(("”", "“"), ("’", "‘")),
}
"""After CLDR's `delimiters`. https://www.unicode.org/reports/tr35/tr35-general.html#Delimiter_Elements"""


def marks(lang: str) -> Marks | None:
    """Those of a BCP 47 tag; None of a language that isn't known here, whose texts stay as they are."""
    parts = lang.lower().split("-")
    return _LANGUAGES.get("-".join(parts[:2])) or _LANGUAGES.get(parts[0])


def with_true_signs(html: str, lang: str, *, normal: bool = False) -> str:
    """`html` with the signs of its language. `normal`: it is as `sanitise.for_page` gives it."""
    known = marks(lang)
    if known is None or not _SIGNS.search(html):
        return html
    easy = _easily(html, known) if normal and not is_hebrew(lang) else None
    return _Setter(html, known, hebrew=is_hebrew(lang)).done() if easy is None else easy


def is_hebrew(lang: str) -> bool:
    """Whether its signs have rules of their own."""
    return lang.lower().startswith("he")


_LETTER = "A-Za-zÀ-ÖØ-öø-ÿ"
_BETWEEN = "\0"
"""Stands in no HTML: a parser would have replaced it."""
_EASY = re.compile(
    r"<(?:(?P<verbatim>pre|code|kbd|samp|var)\b.*?</(?P=verbatim)>"
    r'|[a-z][a-z0-9]* [^>"]*(?:"[^"]*"[^>"]*)*>)'
    r"|h(?i:ttps?://)[^\s<\"]+|H(?i:ttps?://)[^\s<\"]+"
    rf"""|"(?:(?<=[ \n(]")(?P<quoted>[{_LETTER}0-9][^"'<>&]*)(?<=[{_LETTER}0-9.,!?])")?"""
    rf"|'(?P<within>(?<=[{_LETTER}]')(?=[{_LETTER}]))?|--|\.\.\.",
    re.DOTALL,
)
"""What is stepped over, quotes around some words that hold no tag and no other sign, and apostrophes within a word."""


def _easily(html: str, known: Marks) -> str | None:
    """What `_Setter` would give, if all signs are of the kinds that need no look around; else None.

    Nothing but such a pair is open between its two signs, so each may be set where it is found. Most texts are so, and
    this takes a quarter of the time.
    """
    if INLINE in html or DISPLAY in html or "&quot;" in html:
        return None
    pieces, at = [], 0
    opening, closing = known.double
    for found in _EASY.finditer(html):
        kind = found.lastgroup
        if kind == "quoted":
            words = found["quoted"]
            if "--" in words or "..." in words:
                return None
            pieces += [html[at : found.start()], opening, words, closing]
        elif kind == "within":
            pieces += [html[at : found.start()], "’"]
        elif html[found.start()] in _HARD:
            return None
        else:
            continue
        at = found.end()
    return "".join([*pieces, html[at:]])


_HARD = frozenset("\"'-.")
"""What a sign begins with that isn't easy."""
_PAIR = re.compile(rf"&quot;(?<=[ \n(]&quot;)([{_LETTER}0-9](?:[^'&{_BETWEEN}]*[{_LETTER}0-9.,!?])?)&quot;")
_APOSTROPHE = re.compile(rf"(?<=[{_LETTER}])'(?=[{_LETTER}])")


def easily_signed(texts: list[str], known: Marks) -> list[str] | None:
    """Texts between two tags, double quotes as `&quot;`, with all signs that `_easily` sets; None if there are others.

    All texts are looked at in one: none of these signs stands in two of them.
    """
    text = _BETWEEN.join(texts)
    if "--" in text or (".." in text and "..." in text):
        return None
    if ":" in text and any("://" in each and ("'" in each or "&quot;" in each) for each in texts):
        return None
    parts = _PAIR.split(text)
    parts[1::2] = [f"{known.double[0]}{words}{known.double[1]}" for words in parts[1::2]]
    text = "".join(parts)
    if "'" in text:
        text = _APOSTROPHE.sub("’", text)
    return None if "'" in text or "&quot;" in text else text.split(_BETWEEN)


class _Setter:
    """Goes through one text, once."""

    def __init__(self, html: str, known: Marks, *, hebrew: bool) -> None:
        self.html = html
        self.pairs = {'"': known.double, "'": known.single}
        self.hebrew = hebrew
        self.set: dict[int, tuple[int, str]] = {}
        """(end, sign) of each place where another sign stands, by its start."""
        self.open: list[tuple[str, int, int]] = []
        """Quotes of the running block that nothing closed yet: each with its start and end."""
        self.last = ""
        """The character before, whatever tags stand between; empty at the beginning of a block."""

    def done(self) -> str:
        """All of it."""
        at, html = 0, self.html
        for found in _TOKEN.finditer(html):
            start, end = found.span()
            if start > at:
                self.last = " " if html.endswith("&nbsp;", at, start) else html[start - 1]
            at = end
            if found.lastgroup == "tag":
                name = found["tag"].lower().lstrip("/")
                if name not in _WITHIN:
                    self.last = ""
                    if self.open:
                        self._forget(0)
                elif name == "br":
                    self.last = " "
            elif (sign := self._sign(found[0], start, end)) != found[0]:
                self.set[start] = end, sign
                self.last = sign[-1]
            else:
                self.last = html[end - 1]
        self._forget(0)
        return "".join(self._pieces())

    def _pieces(self) -> Iterator[str]:
        at = 0
        for start, (end, sign) in sorted(self.set.items()):
            yield self.html[at:start]
            yield sign
            at = end
        yield self.html[at:]

    def _sign(self, sign: str, start: int, end: int) -> str:
        if sign == "'":
            return self._single(self._next(end), start, end)
        if sign == '"' or sign.lower() == "&quot;":
            return self._double(self._next(end), start, end)
        if sign.startswith("--"):
            return _dash(sign, self.last, self._next(end))
        if sign == "..." and "/" not in {self.last, self._next(end)}:
            return "…"
        return sign

    def _next(self, at: int) -> str:
        """The character after, whatever inline tags stand between; empty at the end of a block."""
        html = self.html
        while html.startswith("<", at):
            found = _TOKEN.match(self.html, at)
            if found and found["verbatim"]:
                return "x"
            if not found or (found["tag"] or "").lower().lstrip("/") not in _WITHIN - {"br"}:
                return ""
            at = found.end()
        return " " if html.startswith("&nbsp;", at) else html[at : at + 1]

    def _double(self, after: str, start: int, end: int) -> str:
        if self.hebrew and _HEBREW.match(self.last) and _HEBREW.match(after):
            return "״"
        return self._quote('"', after, start, end)

    def _single(self, after: str, start: int, end: int) -> str:
        if self.hebrew and _HEBREW.match(self.last):
            return "׳"
        if (self.last.isalpha() and after.isalpha()) or (not self.last.isalnum() and _DECADE.match(self.html, end)):
            return "’"
        if self.last.isdigit() and after.isdigit():
            return "'"
        sign = self._quote("'", after, start, end)
        return "’" if sign == "'" and self.last.isalpha() else sign  # the dogs’, where it closes nothing

    def _quote(self, sign: str, after: str, start: int, end: int) -> str:
        last = self.last
        if after and not after.isspace() and (not last or last.isspace() or last in _OPENS_AFTER):
            self.open.append((sign, start, end))
            return sign
        at = self._opened(sign)
        if at < 0 or not last or last.isspace():
            return sign
        if at + 1 < len(self.open):
            self._forget(at + 1)
        _, begin, stop = self.open.pop()
        self.set[begin] = stop, self.pairs[sign][0]
        return self.pairs[sign][1]

    def _opened(self, sign: str) -> int:
        """Which of the open quotes this sign may close; -1 for none."""
        if self.open and self.open[-1][0] == sign:
            return len(self.open) - 1
        deepest = range(len(self.open) - 1, max(-1, len(self.open) - 1 - _DEEPEST), -1)
        return next((at for at in deepest if self.open[at][0] == sign), -1)

    def _forget(self, level: int) -> None:
        """Nothing closes the quotes above this level: before a word a single one is an apostrophe, others stay."""
        for sign, start, end in self.open[level:]:
            if sign == "'":
                self.set[start] = end, "’"
        del self.open[level:]


def _dash(sign: str, before: str, after: str) -> str:
    """`--` and `---` between words, or with a space on both sides. `--flag`, `i--` and rows of dashes stay."""
    spaced = before.isspace() and after.isspace()
    joined = before.isalnum() and (after.isalnum() or after in _QUOTES)
    if not (spaced or joined):
        return sign
    return {"--": "–", "---": "—"}.get(sign, sign)
