"""Which language a text is written in."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_NO_LETTERS = re.compile(r"[\W\d_]+")
_SCRIPTS = (
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("th", re.compile("[\u0e01-\u0e5b]")),
    ("ka", re.compile("[\u10d0-\u10ff]")),
    ("hy", re.compile("[\u0531-\u058f]")),
)
"""Scripts that news is written with in one language only."""
_OTHERS = re.compile("[\u0370-\u1fff\u2e80-\uffff]")
_HAN = re.compile("[\u4e00-\u9fff]")

_WRITTEN = {"arz": "ar", "ary": "ar", "wuu": "zh", "yue": "zh", "hbo": "he", "grc": "el", "sdh": "ku"}
"""Spoken varieties that the model knows, by the language that their press is written in."""

_SHORTEST = 40
"""Letters below which the model guesses: it holds "Hello world" for Fula."""
_SHORTEST_HAN = 8
_SURE = 0.8
"""Probability from which it is believed."""
_SAMPLE = 600
"""Characters looked at; more changes no answer and costs a millisecond each thousand."""
_ENOUGH = 300
"""Characters that settle it for nineteen texts of twenty, in half the time."""
_CERTAIN = 0.99
"""Probability from which on more text has changed no answer."""

_NAMES = dict(
    pair.split(":")
    for pair in (
        "english:en german:de french:fr spanish:es italian:it portuguese:pt dutch:nl danish:da swedish:sv norwegian:no"
        " finnish:fi icelandic:is polish:pl czech:cs hungarian:hu russian:ru ukrainian:uk greek:el latin:la"
        " esperanto:eo catalan:ca welsh:cy irish:ga romanian:ro turkish:tr hebrew:he arabic:ar chinese:zh japanese:ja"
        " korean:ko"
    ).split()
)


def named(name: str) -> str:
    """The tag of a language by its English name; `name` itself where it is none of the common ones."""
    return _NAMES.get(name.strip().lower(), name)


def detect(plain: str) -> str:
    """The language of `plain` (BCP 47), or empty where that is unsure."""
    sample = plain[:_SAMPLE]
    letters = len(_NO_LETTERS.sub("", sample))
    if letters == 0:
        return ""
    for lang, script in _SCRIPTS if _OTHERS.search(sample) else ():
        # Japanese mixes kana with many Han characters; the others fill a text.
        if len(script.findall(sample)) > letters * (0.15 if lang == "ja" else 0.6):
            return lang
    han = len(_HAN.findall(sample))
    if han > letters * 0.6:
        return "zh" if han >= _SHORTEST_HAN else ""
    if letters < _SHORTEST:
        return ""
    return "en" if _is_english(sample) else _classified(sample)


def _classified(sample: str) -> str:
    """What the model says of a text, or empty where that is unsure."""
    lang, sure = _model().classify(sample[:_ENOUGH])
    if sure < _CERTAIN and len(sample) > _ENOUGH:
        lang, sure = _model().classify(sample)
    if sure >= _SURE:  # no sum of several varieties can be more
        return "" if lang == "zxx" else _WRITTEN.get(lang, lang)
    likely: Counter[str] = Counter()
    for lang, probability in _model().rank(sample):
        likely[_WRITTEN.get(lang, lang)] += probability
    ((lang, probability),) = likely.most_common(1)
    return lang if probability >= _SURE and lang != "zxx" else ""  # zxx: no language at all


_ENGLISH = frozenset(
    "the of and to that with which was were from by his her their they would said will this been are it has have at"
    " for is on as who its not but about after when had more than into out we our you your there what could".split()
)
"""The most frequent words of English; no other language that is written has so many of them so often."""
_DISTINCT = 7
_SHARE = 0.2


def _is_english(sample: str) -> bool:
    """Whether it is plain that a text is English: the model takes most of a second to load, and half of one to ask."""
    words = sample.lower().split()
    found = [word for word in words if word in _ENGLISH]
    return len(found) > _SHARE * len(words) and len(set(found)) >= _DISTINCT and "the" in found


@cache
def _model() -> LanguageIdentifier:
    """Read once a process: it takes most of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - see above

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
