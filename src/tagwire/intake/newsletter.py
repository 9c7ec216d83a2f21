"""What newsletters put around their text: the line that leads to a browser, and the footer that lets one leave."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from tagwire.intake.htmltree import leaves, text_of
from tagwire.model import Cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import html

_BROWSER: Final = re.compile(
    r"(?:view|read|see|open)\b.{0,40}\b(?:browser|online|web ?(?:site|version|page)?|app)\b|web version"
    r"|(?:having )?trouble (?:viewing|reading)|forwarded this (?:e-?mail|newsletter|message)|forward to a friend"
    r"|im browser (?:ansehen|öffnen|lesen)|webversion|online[- ]?version|(?:voir|lire|afficher).{0,40}navigateur"
    r"|version en ligne|ver.{0,30}navegador|открыть в браузере|подписаться",
    re.IGNORECASE,
)
_LEAVE: Final = re.compile(
    r"\bunsubscrib|\bmanage (?:your |my )?(?:e-?mail |subscription |newsletter )*"
    r"(?:preferences|settings|subscriptions?)"
    r"|\b(?:update|change) (?:your |my )?(?:e-?mail )?(?:preferences|profile|subscription)"
    r"|you(?:[’']re| are) (?:receiving|getting|subscribed)|you received this (?:e-?mail|message|newsletter)"
    r"|this (?:e-?mail|message|newsletter) was sent to|no longer (?:wish|want) to (?:receive|get)|opt[- ]?out"
    r"|\babbestell|\babmelden\b|newsletter erhalten|se désabonner|désinscri|désabonn|darse de baja"
    r"|cancelar la suscripción|disiscri|annulla l.iscrizione|отписаться|відписатися",
    re.IGNORECASE,
)
_FURNITURE: Final = re.compile(
    r"(?:©|\(c\)|copyright|all rights reserved|our mailing address|follow us|sent (?:by|with|from) |powered by )"
    r"|(?:facebook|twitter|instagram|linkedin|youtube|website|tiktok|mastodon|bluesky|threads|x|\W)+\Z",
    re.IGNORECASE,
)
_TOP: Final = 6
"""Blocks of text that may stand above an article."""
_LONGEST: Final = 300
"""Characters of a block that leads to a browser or out of a list."""
_MOST: Final = 0.5
"""Share of the text that a footer may be: more is no footer."""


def cut(root: html.HtmlElement, keep: Sequence[str]) -> tuple[Cut, ...]:
    """Remove the head and the foot of a newsletter from its tidy tree; rules in `keep` remove nothing."""
    blocks = [(leaf, " ".join(text_of(leaf).split())) for leaf in leaves(root)]
    worded = [(leaf, text) for leaf, text in blocks if text]
    head = [leaf for leaf, text in worded[:_TOP] if len(text) <= _LONGEST and _BROWSER.search(text)]
    foot = _foot([block for block in worded if block[0] not in head])
    cuts = []
    for rule, gone in (("mail-header", head), ("mail-footer", foot)):
        if gone and rule not in keep:
            texts = [" ".join(text_of(leaf).split()) for leaf in gone]
            cuts.append(Cut(rule, "", hashlib.sha256("\n".join(texts).encode()).hexdigest()))
            _remove(root, gone, to_the_end=rule == "mail-footer")
    return tuple(cuts)


def _foot(worded: list[tuple[html.HtmlElement, str]]) -> list[html.HtmlElement]:
    """The blocks from the first of the foot on, the last in a row that say such things; none if there is no foot."""
    leaving = [at for at, (_, text) in enumerate(worded) if _LEAVE.search(text) and len(text) <= 2 * _LONGEST]
    if not leaving:
        return []
    begin = leaving[-1]
    while begin > 0 and (_short_foot(worded[begin - 1][1]) or begin - 1 in leaving):
        begin -= 1
    whole = sum(len(text) for _, text in worded)
    size = sum(len(text) for _, text in worded[begin:])
    return [leaf for leaf, _ in worded[begin:]] if size <= _MOST * whole else []


def _short_foot(text: str) -> bool:
    return len(text) <= _LONGEST and bool(_FURNITURE.match(text) or _LEAVE.search(text))


def _remove(root: html.HtmlElement, gone: list[html.HtmlElement], *, to_the_end: bool) -> None:
    """Remove blocks, and with a foot the pictures that stand behind its first block."""
    if to_the_end:
        elements = list(root.iter())
        behind = elements[elements.index(gone[0]) :]
        gone = [*gone, *(each for each in behind if each.tag in ("img", "hr"))]
    for element in gone:
        if element.getparent() is not None:
            element.drop_tree()


def address(root: html.HtmlElement) -> str:
    """Where a newsletter can be read in a browser, as its first lines say; empty if they don't.

    An address that may be this reader's alone, with a query or a long token in it, is never published.
    """
    for link in list(root.iter("a"))[:_TOP]:
        target = link.get("href", "").strip().partition("?")[0]
        if _BROWSER.search(" ".join(text_of(link).split())) and _PUBLIC.match(target) and not _TOKEN.search(target):
            return str(target)
    return ""


_PUBLIC: Final = re.compile(r"https?://[^\s<>\"?#/]+/[^\s<>\"?#]+\Z")
_TOKEN: Final = re.compile(
    r"[/=_-](?=[^/-]*\d)(?=[^/-]*[A-Za-z])[A-Za-z0-9_+=%]{16,}|/[^/-]{40,}|/(?:c|ck|click|ls|track\w*)/"
)


def without_signature(text: str, keep: Sequence[str]) -> tuple[str, tuple[Cut, ...]]:
    """A plain text without the lines that a mailing list writes below it, and without its short signature.

    A signature stands below the line `-- ` (RFC 3676, 4.3). With `mail-footer` in `keep` nothing is cut.
    """
    kept = text
    cuts: list[Cut] = []
    for pattern in () if "mail-footer" in keep else (_LIST, _SIGNATURE):
        below = pattern.search(kept)
        if below and len(below[1]) <= 2 * _LONGEST and below.start() > len(below[1]):
            cuts.insert(0, Cut("mail-footer", "", hashlib.sha256(below[1].encode()).hexdigest()))
            kept = kept[: below.start()]
    return kept, tuple(cuts)


_SIGNATURE: Final = re.compile(r"\n-- \n((?:(?!-- \n).*\n?)*)\Z")
_LIST: Final = re.compile(r"\n_{20,}\n((?=.*\blist\b|[^_]*https?://)(?:.{1,200}\n){1,5})\s*\Z", re.IGNORECASE)
