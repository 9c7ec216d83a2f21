"""The one or two sentences that stand for an article in a list."""

from __future__ import annotations

import re

from tagwire import sentences
from tagwire.intake import creditline
from tagwire.intake.dateline import strip as without_dateline

_LEAD = 5000
"""Characters of the lead that are looked at."""
_TELLING = 40
"""Characters from which on a paragraph says enough."""
_NEAR = 12
"""Paragraphs in which the lead is looked for."""
_GREETING = (
    r"(?:hi|hello|dear|hey|liebe[rs]?|sehr geehrte[rs]?|hallo|chers?|chère?s?|bonjour|estimad[oa]s?|querid[oa]s?|hola"
    r"|уважаем\w+|дорог\w+|шановн\w+)\b[^.?…]*[,!:]$"
)
_GREETED = re.compile(_GREETING, re.IGNORECASE)
_IDLE = re.compile(
    rf"{_GREETING}"
    r"|(?:(?:media |press )?contacts?|phone|tel|e-?mail|kontakt|photos?|photograph|image|picture|foto|bild|caption"
    r"|credit|source|note to editors|editor[’']s note|correction)\b\s*(?:[:/.]|by\b|von\b|courtesy\b)"
    r"|(?:reporting|editing|additional reporting|written|translated|edited) by\b",
    re.IGNORECASE,
)
"""Greetings, addresses and credits."""


def of(plain: str) -> str:
    """The opening sentences of `plain`, whole; only a text without a shorter sentence is cut behind a word."""
    opening = _SPEAKER.sub("", without_dateline(_telling(plain) or lead_paragraph(plain)))
    if len((sentences.split(opening) or ("",))[0]) <= _LONGEST:
        return sentences.lead(opening)
    later = (sentence for paragraph in plain.split("\n\n")[:_NEAR] for sentence in sentences.split(one_line(paragraph)))
    fit = (sentence for sentence in later if _TELLING <= len(sentence) <= _LONGEST and sentences.ends(sentence))
    return next(fit, "") or sentences.lead(opening)


_SPEAKER = re.compile(
    r"\A(?:[QAFR]|Question|Answer|Frage|Antwort|Réponse|Pregunta|Respuesta|Вопрос|Ответ|問|答)\s*[:：]\s*(?=\S)"
)
"""Who speaks in an interview, before what is said."""
_LONGEST = 400
"""Characters of a summary; a sentence that is longer stands for no article where another one can."""
_MARKS = re.compile(r"\s*(?:\[?(?:…|\.{3,})\]?|\[…\])\s*\Z")


def whole(stated: str, plain: str) -> str:
    """A source's own summary, made whole where it was cut within a sentence; empty if nothing is left of it.

    Many pages cut theirs behind so many characters, with or without an ellipsis.
    """
    flat = one_line(stated)
    bare = _MARKS.sub("", flat)
    if sentences.ends(flat) and bare == flat:
        return flat
    text = one_line(plain) if len(bare) >= _TELLING else ""
    at = text.find(bare) if text else -1
    if at >= 0:
        end = at
        for sentence in sentences.split(text[at : at + 3 * _LONGEST]):
            end = text.find(sentence, end) + len(sentence)
            if end - at >= len(bare):
                break
        if end - at <= _LONGEST and sentences.ends(text[at:end]):
            return text[at:end]
    if bare == flat:
        return flat  # a line without a full stop, as its author wrote it
    kept = [sentence for sentence in sentences.split(bare) if sentences.ends(sentence)]
    return " ".join(kept)


_ADDRESS = re.compile(r"https?://\S+\Z")
_MARK = re.compile(r"\[\d{1,3}\]")
"""The mark of a note."""


def _telling(plain: str) -> str:
    """The first paragraph near the top that is a sentence of some length, and no greeting or credit; empty if none."""
    for paragraph in plain.split("\n\n")[:_NEAR]:
        flat = one_line(paragraph[:_LEAD])
        if "[" in flat:
            if _MARK.match(paragraph):
                continue  # the note itself
            flat = one_line(_MARK.sub("", paragraph[:_LEAD]))
        length = len(flat) + sum(c >= "\u2e80" for c in flat)  # an ideograph says as much as two letters
        if length >= _TELLING and sentences.ends(flat) and not _IDLE.match(flat) and not creditline.read(flat, "UTC"):
            return flat
    return ""


def without_greeting(plain: str) -> str:
    """`plain` without the "Dear Ida," that a letter begins with, if anything is told below it."""
    first, _, rest = plain.partition("\n\n")
    greeted = len(first) <= _LONGEST_GREETING and _GREETED.match(one_line(first))
    return rest if greeted and re.search(r"\w", rest) else plain


_LONGEST_GREETING = 80
"""Characters."""


def lead_paragraph(plain: str) -> str:
    """The first paragraph that says something, its line ends made spaces; a bare address only where nothing else does.

    WordPress shows what is at an address on a line of its own, a film for instance.
    """
    bare = ""
    for paragraph in plain.split("\n\n"):
        flat = one_line(paragraph[:_LEAD])
        if re.search(r"\w", flat):
            if not _ADDRESS.match(flat):
                return flat
            bare = bare or flat
    return bare


def first_line(plain: str) -> str:
    """The first line of a lead whose lines were kept, verse for instance; else empty: paragraphs are one line."""
    lead = next((paragraph for paragraph in plain.split("\n\n") if re.search(r"\w", paragraph)), "")
    lines = [line for line in lead.split("\n") if re.search(r"\w", line)]
    return one_line(lines[0]) if len(lines) > 1 else ""


def one_line(text: str) -> str:
    """`text` without line ends and runs of spaces; no-break spaces stay."""
    if "  " not in text and text.isprintable():
        return text.strip()
    return re.sub("[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+", " ", text).strip()
