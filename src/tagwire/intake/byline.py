"""Who wrote it: "By Jane Roe", "Von …", "Par …" on a line of its own."""

from __future__ import annotations

import re

from tagwire.intake import dates

BY = (
    r"(?:written by|by|reported by|text by|von|ein bericht von|par|por|di|autor(?:a|e|en)?|автор(?:ка)?|author|מאת"
    r"|بقلم|כותב|作者|文|记者|記者|(?:текст|texte?|testo|texto|words|interview|entrevista|intervista)(?=\s*[:：]))"
)
"""A pattern of the words before a name; a space or a colon follows them."""
_BY = re.compile(rf"{BY}\s*[:：/／]?\s*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,\s*(?:and|und|et|y|e|и|та|או)?\s+|\s(?:and|und|et|y|e|и|та|&)\s)\s*|[、،]\s*")
_PARTICLES = frozenset(
    "de da do dos das del della di du la le van von der den ter ten zu zum zur bin ibn ben al el bar af av y".split()
)
_PREPOSITIONS = frozenset({"von", "par", "por", "di "})
_ROLE = re.compile(
    r"\b(?:staff|writer|reporter|correspondent|editor|columnist|contributor|press|news|bureau|freelance|photographer"
    r"|redakteur\w*|korrespondent\w*|correspondant\w*|journaliste?)\b",
    re.IGNORECASE,
)
"""What somebody is, where a byline says it behind the name."""
_NAME_WORD = re.compile(r"[^\W\d_][\w.’'ʼ-]*")
_NOT_NAMES = (
    frozenset(day for day in dates.WEEKDAYS if len(day) > 2)  # Minh Do is no Thursday
    | dates.MONTHS
    | frozenset(
        "the a an and or of in on at with without to for from this that his her their its our my your all any some no"
        " far contrast then now noon midnight".split()
    )
)
_LONGEST = 60
"""Characters of one name."""
LONGEST_LIST = 4000
"""Characters of a list of names: some papers have two hundred. What looks for names takes time by the square."""
_PUBLIC_MAIL = re.compile(r"\s*<[^<>]*@[^<>]*>|\s*\([^()]*@[^()]*\)|[\w.+-]+@[\w.-]+")


_DEGREES = re.compile(r"(?<=\w\w)(?:,\s+(?:[A-Z]{2,5}|(?:[A-Z][a-z]{0,2}\.?){2,3}))+(?=\Z|\s+(?:on|am|le)\b|\s*[|·,;])")
"""What somebody has passed, behind the name: "Jane Roe, MS, RDN", "Jane Roe, Ph.D."."""


def untitled(text: str) -> str:
    """A byline without degrees behind a name, which read like names of their own."""
    return _DEGREES.sub("", text)


def read(line: str) -> tuple[str, ...]:
    """The names on a line that is a byline and nothing else; none if it isn't."""
    by = _BY.match(line)
    if by is None or by.end() == len(line) or line[by.end() - 1].isalnum():
        return ()
    found = names(untitled(line[by.end() :]), least=2)
    # "Von", "Di" and "Par" begin names and headlines too; those have more words.
    many = max((sum(word not in _PARTICLES for word in name.split()) for name in found), default=0)
    return () if many > 3 and line[:3].lower() in _PREPOSITIONS else found


def names(text: str, *, least: int = 1) -> tuple[str, ...]:
    """The names in a list of names; none if any of them is no name. `least` words make one."""
    if len(text) > LONGEST_LIST:
        return ()
    # An address is not for publication because a mail was.
    parts = [part.strip() for part in _AND.split(_PUBLIC_MAIL.sub("", text).strip(" \"'.;")) if part.strip()]
    parts = [part for part in parts if not _ROLE.search(part)] or parts
    return tuple(dict.fromkeys(parts)) if parts and all(_is_name(part, least) for part in parts) else ()


def _is_name(text: str, least: int) -> bool:
    words = text.split()
    if len(text) > _LONGEST or not words or len(words) > 5:
        return False
    cased = text.lower() != text.upper()
    if cased and len(words) < least:
        return False
    if any(word.lower().strip(".") in _NOT_NAMES for word in words):
        return False
    return all(
        _NAME_WORD.fullmatch(word) and (_starts_name(word) or word.lower() in _PARTICLES) for word in words
    ) and (not cased or _starts_name(words[-1]))


def _starts_name(word: str) -> bool:
    return not word[0].islower() or "’" in word[:3] or "'" in word[:3]  # d’Arc
