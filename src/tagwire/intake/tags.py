"""Tags: those given, the source's own keywords, the site's vocabulary, and a few that the text suggests.

Free tags by machine are poor (a tenth of them are an editor's), so suggestions are few and well formed: names
that recur, subjects of general news, and phrases that recur.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from tagwire import names, sentences
from tagwire.intake import dates
from tagwire.intake.subjects import DEMONYMS, GENERIC, STOP, SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagwire.intake.found import Asked, Found

_MOST = 8
"""Tags of an article, those given not counted."""
_SUGGESTED = 6
"""Tags that the text alone suggests."""
_NAMING = frozenset("en fr es it pt nl sv da no nb nn ca de".split())
"""Languages whose names don't change their endings, so that a name found is a name well formed."""
_LONGEST = 60
"""Characters of a keyword; longer ones are sentences."""
_LENGTH = 20_000
"""Characters looked at."""


def choose(found: Found, title: str, lang: str, asked: Asked) -> tuple[str, ...]:
    """The tags of an article, the surest first, one of each slug."""
    spelt = {names.slug(tag): tag for tag in asked.vocabulary} | dict(asked.aliases)
    ignored = {names.slug(tag) for tag in asked.ignore} | {""}
    text = f"{title}\n\n{found.plain}"[:_LENGTH]

    def chosen(tags: Iterable[str], taken: dict[str, str], most: int) -> dict[str, str]:
        for tag in tags:
            written = names.slug(tag)
            read = spelt.get(written, tag)
            slug = written if read is tag else names.slug(read)
            if len(taken) < most and slug not in ignored and written not in ignored:
                taken.setdefault(slug, read)
        return taken

    given = {names.slug(tag): tag for tag in map(str.strip, asked.tags) if names.slug(tag)}
    most = len(given) + _MOST
    own = chosen((" ".join(tag.split()) for tag in found.tags if len(tag) <= _LONGEST), given, most)
    known = chosen(_known(text, spelt, title), own, most)
    if found.filed and found.tags:
        return tuple(known.values())
    return tuple(chosen(_suggested(found.plain[:_LENGTH], title, lang), known, max(len(known), _SUGGESTED)).values())


# ------------------------------------------------------------------ the site's vocabulary


def _known(text: str, spelt: dict[str, str], title: str) -> list[str]:
    """Tags of the site that the text is about: named twice, or in the title, or of several words."""
    if not spelt:
        return []
    words = names.slug(text, longest=len(text.encode()) + 1)
    heading = names.slug(title, longest=len(title.encode()) + 1)
    counts: Counter[str] = Counter()
    for slug, tag in spelt.items():
        pattern = re.compile(re.escape(slug) if _unspaced(slug) else rf"(?<![^-]){re.escape(slug)}s?(?![^-])")
        count = len(pattern.findall(words))
        if count > 1 or (count and ("-" in slug or pattern.search(heading))):
            counts[tag] += count
    return [tag for tag, _ in counts.most_common()]


def _unspaced(text: str) -> bool:
    """Whether `text` is of a script that puts no spaces between words."""
    return any("\u3040" <= c <= "\u30ff" or "\u3400" <= c <= "\u9fff" or "\u0e00" <= c <= "\u0e7f" for c in text)


# ------------------------------------------------------------------ suggestions


def _suggested(plain: str, title: str, lang: str) -> list[str]:
    """What the text itself suggests, the most frequent first."""
    base = lang.partition("-")[0].lower()
    if base not in _NAMING:
        return []
    scores = _names(plain, least=3 if base == "de" else 2)  # German writes every noun with a capital
    if base == "en":
        named = {name.lower() for name in scores}
        phrases = {p: n for p, n in _phrases(plain).items() if not any(p.lower() in name for name in named)}
        subjects = _subjects(plain, phrases)
        scores = scores | phrases | subjects
    lead = f"{title}\n{plain.partition(chr(10) * 2)[0]}".lower()
    lower = plain.lower()
    ranked = sorted(
        scores.items(), key=lambda item: (-item[1] - 2 * (item[0].lower() in lead), lower.find(item[0].lower()))
    )
    return _distinct(tag for tag, _ in ranked)


def _distinct(tags: Iterable[str]) -> list[str]:
    """Without those whose words all stand in an earlier one, and one of "cyber war", "cyber attacks" only."""
    kept: dict[tuple[str, ...], str] = {}
    for tag in tags:
        words = tuple(map(_singular, tag.lower().split()))
        if not any(set(words) <= set(other) or (len(other) > 1 and words[0] == other[0]) for other in kept):
            kept[words] = tag
    return list(kept.values())


@lru_cache(8192)
def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


_CAPITAL = (
    r"[A-Z\u00c0-\u00d6\u00d8-\u1fff\u2c00-\u2dff\ua640-\U0010ffff]"
    r"(?:(?<![\w’'&-].)|(?<=[_’'&-].)(?<!\w..)(?<!\w[_’'&-]..))(?:[\w’'&-]*\w)?"
)
"""A word that may begin with a capital; no regular expression of Python knows one of every script.

It begins with a set of characters, since such are looked for quickly.
"""
_CAPITALS = re.compile(_CAPITAL)
_RUN = re.compile(rf"{_CAPITAL}(?:[ \u00a0]{_CAPITAL})*")
_SMALL = frozenset(word.capitalize() for word in STOP if len(word) <= 3 and word.isascii())
"""Most words that open a sentence: by themselves no name, nor the beginning of an adjective."""
_OPENS = frozenset('“‘"«„:(')
"""Signs behind which every word may have a capital."""
_POSSESSIVE = re.compile(r"[’']s?$|(?<=s)[’']$")


def _names(plain: str, least: int) -> dict[str, int]:
    """Names that recur, with how often; at least once where only a name has a capital."""
    found = [each for paragraph in plain.split("\n\n") for each in _capitalised(paragraph.replace("\n", " ").strip())]
    every = Counter([name for name, _ in found])
    certain = {name for name, initial in found if not initial}
    full = {name.rpartition(" ")[2] for name in every if " " in name}
    return {name: n for name, n in every.items() if n >= least and name in certain and _is_name(name, full, every)}


def _is_name(name: str, full: set[str], every: Counter[str]) -> bool:
    """Whether a capitalised phrase is a tag: no day or demonym, no last name of somebody named in full."""
    words = name.lower().split()
    if any(word in dates.WEEKDAYS or word in dates.MONTHS for word in words) or len(name) < 2:
        return False
    if len(words) > 1:
        return not all(word in GENERIC or word in STOP for word in words)
    if words[0] in _NO_NAME or (name in full and not name.isupper()):
        return False
    adjective = words[0].endswith(("i", "n", "ns", "is", "sh", "se"))
    return not (adjective and any(other != name and len(other) > 3 and name.startswith(other) for other in every))


_NO_NAME = STOP | GENERIC | DEMONYMS


def _capitalised(paragraph: str) -> Iterator[tuple[str, bool]]:
    """Runs of capitalised words, and whether each only stands where every word would have a capital."""
    for found in _RUN.finditer(paragraph):
        run = found[0]
        if run in _SMALL:
            continue
        start, first, initial = found.start(), False, False
        before = paragraph[max(0, start - 2) : start]
        if before[-1:] != " " or not before[0].isalnum():  # most names are inside: nothing has to be looked for
            first = _opens(paragraph, start)
            initial = first or (before.rstrip() or paragraph[:start].rstrip())[-1:] in _OPENS
        if not run.isascii() or "'" in run:
            yield from _parted(run, first=first, initial=initial)
        elif first and (opening := run.partition(" "))[0].lower() in STOP:
            if opening[2]:
                yield opening[2], False
        else:
            yield run, initial


def _parted(run: str, *, first: bool, initial: bool) -> Iterator[tuple[str, bool]]:
    """A run of words that may begin with capitals, without those that don't; what is behind a genitive is a new one."""
    words: list[str] = []
    for at, word in enumerate(_CAPITALS.findall(run)):
        capital = word[0].isupper() and not (at == 0 and first and word.lower() in STOP)
        bare = _POSSESSIVE.sub("", word)
        if capital:
            initial = initial if at == 0 or words else False
            words.append(bare)
        if words and (not capital or bare != word):
            yield " ".join(words), initial
            words = []
    if words:
        yield " ".join(words), initial


def _opens(paragraph: str, start: int) -> bool:
    """Whether the word at `start` is the first of its sentence."""
    letter = start - 1
    while letter >= 0 and not paragraph[letter].isalnum():
        letter -= 1
    return letter < 0 or sentences.parted(paragraph, letter + 1, start)


def _phrases(plain: str) -> dict[str, int]:
    """Pairs of words that recur, written as they are most often."""
    forms: dict[str, Counter[str]] = {}
    for pair, count in Counter(_pairs(plain)).items():
        forms.setdefault(" ".join(map(_singular, pair.lower().split())), Counter())[pair.lower()] += count
    found = {}
    lower = plain.lower()
    for counts in forms.values():
        total = counts.total()
        if total >= _RECURS:
            found[max(counts, key=lambda form: (counts[form], -lower.find(form)))] = total
    return found


_PARTED = re.compile(r"[^\w’'& -]+")
_AROUND = "’'&-"
_RECURS = 3
"""Times from which on a pair of words is a phrase."""


def _pairs(plain: str) -> Iterator[str]:
    """Neighbours of which the first may describe the second, where the second recurs often enough for a phrase."""
    parted = _PARTED.sub(" \n ", plain)
    nouns = _recurring(parted)
    words = ["", *parted.split(" ")] if nouns else []
    for at in itertools.compress(itertools.count(), map(nouns.__contains__, words)):
        if (word := _noun(words[at])) and (first := _modifier(words[at - 1])):
            yield f"{first} {word}"


def _recurring(text: str) -> set[str]:
    """Words in lower case that recur, in whatever number, as they may be written; some too many."""
    bare = text.lower()
    for sign in _AROUND:
        bare = bare.replace(sign, " ")
    counts = Counter(bare.split())
    often: set[str] = set()
    for word in [word for word, count in counts.items() if count > 1 and word not in _NO_PART]:
        one = _singular(word)
        if counts.get(one, 0) + counts.get(f"{one}s", 0) >= _RECURS:
            often |= {one, f"{one}s"}
    behind = [sign for sign in _AROUND if f"{sign} " in f"{text} "]
    return often | {f"{word}{sign}" for word in often for sign in behind}


@lru_cache(8192)
def _modifier(written: str) -> str:
    """The word, without the signs before it; empty where it describes nothing."""
    word = written.lstrip(f"_{_AROUND}")
    named = len(word) > 2 and word.isalpha() and word[1:].islower()
    return word if named and word.lower() not in _NO_PART and not word.endswith("ly") else ""


@lru_cache(8192)
def _noun(written: str) -> str:
    """The word, without the signs behind it; empty where it is no noun."""
    word = written.rstrip(_AROUND)
    named = len(word) > 2 and word.isalpha() and word.islower()
    return word if named and word not in _NO_PART and not _VERBAL.search(word) else ""


_VERBAL = re.compile(r"(?:ed|ing|ly)$")
_NO_PART = STOP | GENERIC | DEMONYMS | dates.WEEKDAYS | dates.MONTHS


def _subjects(plain: str, phrases: dict[str, int]) -> dict[str, int]:
    """Subjects of general news that the text names."""
    words = _words(plain.lower())
    taken = {tuple(map(_singular, phrase.split())) for phrase in phrases}
    counts: Counter[tuple[str, ...]] = Counter()
    for at in itertools.compress(itertools.count(), map(_SUBJECT_FORMS.__contains__, words)):
        for key in _SUBJECT_KEYS[_singular(words[at])]:
            if len(key) == 1 or tuple(map(_singular, words[at : at + len(key)])) == key:
                counts[key] += 1
    return {_SUBJECT[key]: count for key, count in counts.items() if key not in taken and (count > 1 or len(key) > 1)}


def _words(lower: str) -> list[str]:
    """English words, with the apostrophes and hyphens in them; bytes are looked through many times faster."""
    parted = lower.replace("’", "'").encode("ascii", "replace").translate(_LETTERS).decode("ascii")
    return _LEADING.sub("", parted).split()


_LEADING = re.compile(r"['-](?<![a-z'-].)['-]*")


_LETTERS = bytes(at if chr(at) in "abcdefghijklmnopqrstuvwxyz'-" else 32 for at in range(256))
"""Of each byte, what stands for it: a space for what parts words."""
_SUBJECT = {tuple(map(_singular, subject.lower().split())): subject for subject in sorted(SUBJECTS)}
_SUBJECT_KEYS = {first: tuple(key for key in _SUBJECT if key[0] == first) for first in {key[0] for key in _SUBJECT}}
"""By their first word."""
_SUBJECT_FORMS = frozenset(form for key in _SUBJECT_KEYS for form in (key, f"{key}s") if _singular(form) == key)
"""How these are written, singular or plural."""
