"""What stands above and below the text of an article and isn't part of it: its title again, dates, bylines, tags."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tagwire.intake import byline, creditline, dates, portraits
from tagwire.intake.appended import appeals, blocks_of, gone
from tagwire.intake.htmltree import HEADINGS, MEDIA, text_of

if TYPE_CHECKING:
    from lxml import html

    from tagwire.intake.appended import Blocks
    from tagwire.intake.cuts import Cuts

_LABEL: Final = re.compile(
    r"(?:by|author|authors|written by|published|publish date|posted|posted on|date|updated|share|print|follow|text size"
    r"|\d+[ -]min(?:ute)?s?[ -]read|up next|von|autor|par|por|di|автор|category|categories|tags?"
    r"|comments?|\d+ comments?|[\d.,:\s]+"
    r"|(?:post|add|leave|view|show|read|see)(?: all| a| your)?(?: \d+)? comments?(?: \([+\d]+\))?)\s*[:：]?\Z",
    re.IGNORECASE,
)
_ADVERTISEMENT: Final = re.compile(
    r"(?:advertisements?|advert|sponsored(?: content)?|anzeige|werbung|publicidad|publicité|pubblicità|реклама"
    r"|広告|פרסומת|(?:story|article) continues below(?: advertisement)?|this slideshow requires javascript\.?)\W*\Z",
    re.IGNORECASE,
)
_TAGS: Final = re.compile(
    r"(?:tags?|tagged|topics?|filed under|categor(?:y|ies)|schlagwörter|étiquettes|etiquetas|теги|タグ)\b",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(
    r"(?:https?://\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:www\.)?(?:twitter|x|facebook|instagram)\.com/\S+)\Z",
    re.IGNORECASE,
)
_TAG_PAGE: Final = re.compile(
    r"/(?:tags?|topics?|keywords?|labels?|categor(?:y|ies)|schlagwort|thema|etiquetas?)/", re.IGNORECASE
)
_SECTIONS: Final = {
    "newsletter-form": (
        r"(?:our |free |daily |weekly )*newsletters?(?: sign-?up)?|(?:subscribe|sign up|join|get)\b.*"
        r"\b(?:newsletters?|inbox|mailing list|email|e-mail)\b.*|subscribe(?: now| today)?"
    ),
    "related-links": (
        r"related(?: (?:posts|articles|stories|content|links|news|topics|reading|coverage))?|read (?:more|next|also)"
        r"|more (?:from|on|stories|news|in)\b.*|recommended(?: \w+){0,2}|you (?:may|might) (?:also|be)\b.*"
        r"|also (?:on|read)\b.*|most (?:read|popular|viewed)\b.*|trending(?: now)?"
        r"|popular (?:posts|articles|stories|news|now)|top stories|(?:our )?latest(?: \w+){1,2}|don.?t miss|up next"
        r"|explore further|see also|mehr zum thema|lesen sie auch|das könnte sie auch interessieren|à lire aussi"
        r"|lire aussi|leggi anche|lea también|te puede interesar|читайте также|читайте також|関連記事|あわせて読みたい"
    ),
    "comments": (r"(?:leave a |post a |add a )?(?:comments?|reply)|\d+ comments?|join the (?:conversation|discussion)"),
    "author-box": r"about the authors?|über den autor|über die autorin|à propos de l.auteur",
    "share-buttons": r"share (?:this|on)(?: \w+)?|follow us\b.*|tell us what you think",
}
"""Headings of what follows an article: rule, and pattern of the whole line."""
_SECTION: Final = [
    (rule, re.compile(rf"[\W_]*(?:{names})[\W_]*\Z", re.IGNORECASE)) for rule, names in _SECTIONS.items()
]
_PROSE = 12
"""Words of a block that belongs to the text and not to what surrounds it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the page says of itself, so that the text need not say it again."""

    title: str
    summary: str
    authors: tuple[str, ...]
    zone: str


def cut(place: html.HtmlElement, known: Known, cuts: Cuts) -> None:
    """Remove what surrounds the text of a page."""
    blocks = blocks_of(place)
    _anywhere(blocks, known, cuts)
    kickers(place, cuts, blocks)
    portraits.cut(place, _left(blocks), known.authors, cuts)
    _above(_left(blocks), known, cuts)
    _sections(_left(blocks), cuts)
    appeals(_left(blocks), cuts)
    _below(place, blocks, known, cuts)


def _left(blocks: Blocks) -> Blocks:
    """Those that no rule has removed yet."""
    return [block for block in blocks if block[0].getparent() is not None]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _anywhere(blocks: Blocks, known: Known, cuts: Cuts) -> None:
    """The title again, and the word that stands above advertisements."""
    title_words = _words(known.title)
    for leaf, text in blocks:
        if _ADVERTISEMENT.match(text):
            gone(cuts, "advertisement", leaf, text)
        elif len(title_words) >= 4 and title_words[0] in text.lower() and _words(text) == title_words:
            gone(cuts, "repeated-title", leaf, text)


_KICKER: Final = re.compile(r"(?:\A|[\s_-])(?:kicker|eyebrow|overline|topline)(?:\Z|[\s_-])", re.IGNORECASE)


def kickers(place: html.HtmlElement, cuts: Cuts, blocks: Blocks) -> None:
    """Remove the words above a headline that name its section, where their class says so."""
    for leaf, text in _left(blocks)[:6]:
        box = leaf.getparent()
        named = [leaf, *leaf, *([box] if box is not None and box is not place and len(box) == 1 else [])]
        if _is_prose(leaf, text):
            return
        if any(_KICKER.search(f"{element.get('class', '')} {element.get('id', '')}") for element in named):
            gone(cuts, "kicker", leaf, text)


def above_heading(place: html.HtmlElement, heading: html.HtmlElement | None, title: str, cuts: Cuts) -> None:
    """Remove what stands above the title of an article and is no text: its section, other headings.

    The title is a `heading`, or else the first block that says it.
    """
    found: Blocks = []
    words = _words(title)
    for leaf, text in blocks_of(place):
        if leaf is heading or (heading is None and len(words) >= 4 and _words(text) == words):
            for other, said in found:
                gone(cuts, "kicker", other, said)
            return
        if _is_prose(leaf, text):
            return
        short = len(_words(text)) <= _SECTION_WORDS and not re.search(r"[.!?)]\Z", text)
        if (leaf.tag in HEADINGS or short) and next(leaf.iter(*MEDIA), None) is None:
            found.append((leaf, text))


_SECTION_WORDS = 6
"""Words of the name of a section."""


def _above(blocks: Blocks, known: Known, cuts: Cuts) -> None:
    """Dates, bylines, labels and the summary above the first paragraph, and a teaser that is repeated."""
    seen: set[str] = set()
    for leaf, text in blocks[:12]:
        rule = "repeated-title" if text in seen and len(_words(text)) >= 6 else ""
        seen.add(text)
        if not rule and _is_prose(leaf, text) and not creditline.tells(text, known.authors):
            if _words(text) != _words(known.summary):
                return
            continue  # a summary, or a first paragraph that was made one: a byline may stand below it
        rule = rule or _head_rule(leaf, text, known)
        if rule:
            gone(cuts, rule, leaf, text)


def _head_rule(leaf: html.HtmlElement, text: str, known: Known) -> str:
    words = _words(text)
    if len(words) >= 3 and leaf.tag in HEADINGS and words in (_words(known.title), _words(known.summary)):
        return "repeated-title"
    short = len(words) <= _PROSE and not creditline.is_sentence(text)
    dated = dates.labelled(text, known.zone) or (short and dates.inside(text))
    named = byline.read(text) or creditline.tells(text, known.authors)
    return "byline" if dated or named or _LABEL.match(text) or _is_glued(leaf, known) else ""


def _is_glued(leaf: html.HtmlElement, known: Known) -> bool:
    """Whether a block is made of an author's name, dates and labels, with nothing between them, as on Medium."""
    if any((text or "").strip() for text in (leaf.text, *(part.tail for part in leaf))):
        return False
    parts = [" ".join(text_of(part).split()) for part in leaf]
    others = [part for part in parts if part and part not in known.authors]
    return len(others) < len(parts) and all(_LABEL.match(part) or dates.labelled(part, known.zone) for part in others)


def _is_prose(leaf: html.HtmlElement, text: str) -> bool:
    return leaf.tag not in HEADINGS and len(_words(text)) >= _PROSE


def _sections(blocks: Blocks, cuts: Cuts) -> None:
    """Remove what a line announces that is no part of the article ("Related stories"): up to the next text, or the end.

    A long paragraph without links is text: a heading right above one announces nothing else.
    """
    rule = ""
    texts = [_is_text(*block) for block in blocks]
    for number, (leaf, text) in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if texts[number] and not (rule == "newsletter-form" and _SIGN_UP.search(text)):
            rule = ""
        elif following is None or not texts[number + 1] or (rule == "" and _SIGN_UP.search(following[1])):
            rule = _section_rule(leaf, text) or rule
        if rule:
            gone(cuts, rule, leaf, text)


_SIGN_UP: Final = re.compile(r"\b(?:newsletters?|inbox|subscri\w+|sign(?:ing)? up|e-?mails?)\b", re.IGNORECASE)


def _is_text(leaf: html.HtmlElement, text: str) -> bool:
    """Whether a block can only be the article's: a paragraph of some length that leads nowhere else."""
    if leaf.tag in HEADINGS or (count := len(_words(text))) < _PROSE:
        return False
    return 3 * sum(len(_words(text_of(link))) for link in leaf.iter("a")) < count


def _section_rule(leaf: html.HtmlElement, text: str) -> str:
    if len(_words(text)) > 10 or (leaf.tag not in HEADINGS and text.endswith((".", "?", "!"))):
        return ""
    return next((rule for rule, pattern in _SECTION if pattern.match(text)), "")


def _below(place: html.HtmlElement, blocks: Blocks, known: Known, cuts: Cuts) -> None:
    """Remove lists of tags, the byline once more, and headings without text at the end."""
    for image in reversed(list(place.iter("img"))):
        block = next(image.iterancestors("p", "figure", "li", "div"), place)
        if block is place or not _leads_away(image) or text_of(block).strip() or _text_behind(place, block):
            break
        gone(cuts, "related-links", block, image.get("alt", ""))
    for leaf, text in reversed(_left(blocks)):
        if next(leaf.iter(*MEDIA), None) is not None or _media_follows(place, leaf):
            return
        if _TAGS.match(text) and len(_words(text)) <= 25:
            gone(cuts, "tags-line", leaf, text)
        elif leaf.tag in HEADINGS or _LABEL.match(text):
            gone(cuts, "related-links", leaf, text)
        elif _is_tag(leaf, text):
            gone(cuts, "tags-line", leaf, text)
        elif _ADDRESS.match(text):
            gone(cuts, "own-address", leaf, text)
        elif creditline.tells(text, known.authors) or dates.labelled(text, known.zone):
            gone(cuts, "byline", leaf, text)
        else:
            return


def _is_tag(leaf: html.HtmlElement, text: str) -> bool:
    """Whether an item of a list is nothing but a link to all articles on something."""
    link = next(leaf.iter("a"), None)
    listed = next(leaf.iterancestors("ul", "ol"), leaf).tag in ("ul", "ol")
    whole = link is not None and " ".join(text_of(link).split()) == text
    return listed and whole and link is not None and _TAG_PAGE.search(link.get("href", "")) is not None


def _leads_away(image: html.HtmlElement) -> bool:
    """Whether a picture is a link to a page, not to a larger version of itself."""
    link = next(image.iterancestors("a"), None)
    return link is not None and not re.search(r"\.(?:jpe?g|png|gif|webp|avif)\b", link.get("href", ""), re.IGNORECASE)


def _text_behind(place: html.HtmlElement, block: html.HtmlElement) -> bool:
    elements = list(place.iter())
    inside = set(block.iter())
    behind = elements[elements.index(block) :]
    return any((element.text or "").strip() for element in behind if element not in inside)


def _media_follows(place: html.HtmlElement, leaf: html.HtmlElement) -> bool:
    """Whether a picture or a table stands behind a block."""
    after = False
    for element in place.iter():
        if after and element.tag in (*MEDIA, "table", "pre", "figure"):
            return True
        after = after or element is leaf
    return False
