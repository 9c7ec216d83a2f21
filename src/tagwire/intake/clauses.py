"""What can be left out of a long sentence so that what stays is one: days, insertions, later clauses and phrases.

No parser: words that only verbs are, and what stands behind a comma, tell an insertion from a clause.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LEANS: Final = frozenset(
    "a an the and or but nor of in on at to for from by with as into over after before about than that which who its"
    " his her their our my your this these those whose where whether may might can could will would shall should must"
    " be been being is are was were has have had do does did not no if when while because so said say says it he she"
    " they we i"
    " der die das den dem des ein eine einen einem einer und oder von zu zum zur im am in für mit auf bei nach dass ist"
    " sind war hat wird wurde le la les un une et ou de des du en dans sur pour par avant que qui est a sera serait el"
    " los las y o por con se es il lo gli di da del della che è и в на с по что не".split()
)
"""Words that lean on the next one: nothing ends with them."""

_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_VERBS_OF_SPEECH = "announced|said|stated|reported|confirmed|declared"
_DAY: Final = re.compile(
    rf",? (?:(?:late|early) )?on (?:{_DAYS})(?: (?:morning|afternoon|evening|night))?(?![\w’'-]| \d)"
    rf"|(?<=\b(?:said|told)) (?:{_DAYS})\b"
)
WHEN: Final = (
    rf"(?:\s+(?:(?:late |early )?on (?:{_DAYS})(?: (?:morning|afternoon|evening|night))?|{_DAYS}|yesterday|today))?"
)
"""When somebody said it, behind the verb."""
_IDLE_DAY: Final = re.compile(rf"(\b(?:{_VERBS_OF_SPEECH}|told [\w’' ]{{3,30}}?)){WHEN}(?=\s)")

_FINITE = (
    r"(?!provided|compared|followed|based)(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|do|does|did|[a-z]{2,}(?<!e)ed"
    r"|said|says|told|found|fell|rose|went|took|made|gave|got|won|lost|met|saw|left|began|broke|came|held|kept|led|sent"
    r"|set|shot|spoke|stood|struck|swept|threw|wrote|built|bought|brought|caught|chose|cut|drew|drove|fought|flew|froze"
    r"|grew|heard|hit|knew|lay|let|paid|put|quit|ran|sold|shook|shut|sank|sat|spent|split|spread|stole|taught|thought"
    r"|became|wants|plans|seeks|faces|warns|expects|remains|begins|opens|needs|shows|suggests|votes)\b"
)
_INSIDE = r"(?:[^,;:—–“”\"()]|,(?=\d))"
_RELATIVE = r"(?:which|who|whose|whom|where|when|[a-z]+ing|[a-z]+ed|built|known|made|held|led)\b"
_APPOSED = r"(?:the|a|an|its|his|her|their|one|most|some|many|among|including|once|now|then|long|with|at|in|of)\b"
_INSERTED: Final = re.compile(
    rf",\s(?:{_RELATIVE}{_INSIDE}{{3,140}}|{_APPOSED}(?:(?!\b{_FINITE}){_INSIDE}){{3,140}}),\s(?={_FINITE})"
)
"""Between two commas, before the verb of what stands in front of the first."""
_ASIDE: Final = re.compile(r", (?:on average|however|for example|in turn|at least|so far|for now|too|meanwhile),(?= )")
_INTRODUCED: Final = re.compile(
    r"(?:Despite|After|Before|When|While|Although|Though|As|With|Amid|Following|During|Because|Since|In|On|At|Under"
    r"|Citing|Faced with|Just|Days|Weeks|Months|Hours) [^,;:“”\"()]{8,140}, "
    r"(?=(?:the|a|an|its|his|thousands|hundreds|dozens|more|at|two|three|four|five|[A-Z][\w’'-]+)\b)"
)

_GAP: Final = re.compile(
    r"\s*[;—–]\s|\s*:\s|,\s|،\s*|[，；]|\s+(?=(?:after|because|while|although|though|but|amid|despite|when|until"
    r"|nachdem|weil|während|obwohl|après|tandis|alors|después|mientras|porque|dopo|mentre)\s)"
)
_PHRASE: Final = re.compile(
    r"\s+(?=(?:in|on|at|for|from|by|with|near|over|along|during|since|before|across|through)\s)"
)
_UNFINISHED: Final = re.compile(
    r"\b(?:based|accused|relied|depend\w*|referr\w+|linked|forced|asked|used|expected|designed|aimed|so \w+|known|due"
    r"|looking|waiting|called|calling|account\w*|charged|opt\w*)$"
)
"""What wants the preposition that follows."""
_OPENED: Final = re.compile(
    r"\b(?:that|whether|which|who|if|when|where|because|while|although)\s+(?!.*\b(?:that|which|who)\b)"
)
_RELATED: Final = re.compile(
    r"\bthat\s+[a-z]+s\s+(?!(?:of|in|and|which|who|from|for|at|on|with|are|were|have|to)\b)[^,]*$"
)
"""A noun "that raises taxes", where "that cities" opens a clause."""
_ENGLISH: Final = re.compile(
    r"\b(?:the|of|and|to|that|from|for|who|was|were|are|is|had|has|been|by|with|at|will|would)\b"
)
_ELSEWHERE: Final = re.compile(r"\b(?:que|qu[’']\w+|dass|daß|che|что|що)(?:\s+\S+){1,4}?(?:$|,)")
_PAIRS: Final = (("«", "»"), ("(", ")"), ("[", "]"), ("「", "」"))


def without_day(sentence: str) -> str:
    """Without the day on which somebody said or did it."""
    return _DAY.sub("", _IDLE_DAY.sub(r"\1", sentence))


def without_insertions(sentence: str) -> str:
    """Without what stands between commas before a verb, and asides."""
    bare = _ASIDE.sub("", sentence)
    while (shorter := _INSERTED.sub(" ", bare, count=1)) != bare:
        bare = shorter
    return bare


def without_introduction(sentence: str) -> str:
    """Without the clause or phrase in front of the subject."""
    found = _INTRODUCED.match(sentence)
    rest = sentence[found.end() :] if found else sentence
    return rest[:1].upper() + rest[1:]


def clause(sentence: str, shortest: int, longest: int) -> str:
    """The longest beginning of `shortest` to `longest` characters that ends where a clause does; empty if none."""
    return _last(sentence, _GAP, shortest, longest)


def phrase(sentence: str, shortest: int, longest: int) -> str:
    """The longest beginning that has a verb and ends before a preposition; empty if none, or if it isn't English."""
    heads = (head for head in _heads(sentence, _PHRASE, longest) if len(head) >= shortest)
    fit = [head for head in heads if re.search(rf"\b{_FINITE}", head) and not _UNFINISHED.search(head)]
    return fit[-1] if fit and _english(sentence) else ""


def _last(sentence: str, gap: re.Pattern[str], shortest: int, longest: int) -> str:
    fit = [head for head in _heads(sentence, gap, longest) if len(head) >= shortest]
    return fit[-1] if fit else ""


def _heads(sentence: str, gap: re.Pattern[str], longest: int) -> Iterator[str]:
    """Beginnings of `sentence` that leave nothing open."""
    for found in gap.finditer(sentence):
        head = sentence[: found.start()].rstrip()
        if len(head) > longest:
            return
        if _closed(head) and not leans(head) and not _subject_alone(head, sentence[found.end() :]):
            yield head


def leans(text: str) -> bool:
    """Whether the last word wants another one behind it."""
    return text.rpartition(" ")[2].lower().strip("“”\"'‘’") in LEANS


def _subject_alone(head: str, rest: str) -> bool:
    """Whether the verb of the clause that `head` ends in is still to come."""
    if _ELSEWHERE.search(head):
        return True
    if not _english(head + rest):
        return False
    opened = _OPENED.search(head)
    if (
        opened
        and not re.search(rf"\b{_FINITE}", head[opened.end() :])
        and re.search(r"\bthat\s+[^,]*$", head)
        and not _RELATED.search(head)
    ):
        return True
    introduced = head.startswith(("If ", "Unless ")) or _INTRODUCED.match(f"{head}, {rest}")
    if introduced and not re.search(rf"\b{_FINITE}", head.partition(",")[2]):
        return True
    return bool(re.match(rf"[^,;:“”\"]{{3,200}},\s{_FINITE}", rest) or re.match(_FINITE, rest))


def _english(text: str) -> bool:
    """Three words: "was" is German and "of" Dutch as well."""
    return len(_ENGLISH.findall(text)) > 2


def _closed(text: str) -> bool:
    """Whether every bracket and quotation mark that opens closes."""
    low = text.count("„")
    high = text.count("“") == low if low else text.count("“") == text.count("”")
    pairs = all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS)
    return pairs and high and text.count('"') % 2 == 0
