"""The body of an article in an export: HTML that is the article already, so nothing around it has to be found.

What publications append to their articles is cut from its end by the rules for pages, and recorded like theirs.

It goes through the writer that pages go through. What a page may lose without a word (a form, a script, a frame) is
named here, and every picture is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from tagwire.intake import appended, attachments, footnotes, formulas, homeless, htmltree, markdown
from tagwire.intake.cuts import Cuts
from tagwire.intake.escape import collapse
from tagwire.intake.exports import settle
from tagwire.intake.found import Attachment
from tagwire.intake.media import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lxml import html

    from tagwire.intake.exports.files import Files
    from tagwire.intake.exports.oldlinks import OldLinks
    from tagwire.intake.found import Asked
    from tagwire.model import Cut


@dataclass(frozen=True, slots=True)
class Body:
    """A body as Markdown."""

    markdown: str
    """Empty, or ends in one line feed."""
    plain: str
    """Its text, paragraphs apart by a blank line."""
    cuts: tuple[Cut, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    left: tuple[str, ...] = ()
    author_note: str = ""
    """What stood at its end of its authors."""


@dataclass(frozen=True, slots=True)
class Around:
    """What holds for all articles of an export."""

    files: Files
    """What else is in it: pictures come along."""
    links: OldLinks
    """Where links from one article to another lead now."""
    widgets: Mapping[str, str] = field(default_factory=dict)
    """Rule → pattern of the class of an element which that rule cuts."""
    mark: Callable[[html.HtmlElement], None] | None = None
    """Gives elements of a body these classes, where the tool that wrote it has others or none."""


PLACE: Final = "tagwire-body"
"""The identity of what a body is put into."""


def read(
    text: str,
    asked: Asked,
    *,
    base: str = "",
    title: str = "",
    authors: tuple[str, ...] = (),
    around: Around | None = None,
    standing: bool = False,
) -> Body:
    """The body `text` as Markdown.

    Args:
        text: HTML, in which links may be relative to `base`.
        asked: which rules may not cut.
        base: where the article was published; empty if unknown.
        title: of the article: a heading that says it again on top is left out.
        authors: of the article: what its last paragraphs tell of them is `author_note`.
        around: what holds for all articles of the export.
        standing: it is a standing page: an appeal at its end is what it is for.
    """
    if not text.strip():
        return Body("", "")
    try:
        root = htmltree.parse(f'<div id="{PLACE}">{text}</div>')
    except htmltree.Unreadable:
        return Body("", "")
    links = around.links if around else None
    alive = list(root.iter())  # lxml makes an object of an element each time that it is met, unless one exists
    left: Counter[str] = Counter()
    cuts = Cuts(asked.keep)
    if around and around.mark:
        around.mark(root)
    for rule, pattern in around.widgets.items() if around and not asked.keep_all else ():
        _cut(root, rule, re.compile(pattern), cuts)
    formulas.settle(root)
    settle.foster(root)
    settle.settle(root, left)
    taken = _attach(root, around.files) if around else {}
    htmltree.tidy(root)
    place = next((element for element in root.iter() if element.get("id") == PLACE), root)
    _drop_title(place, title)
    notes = footnotes.take(place)
    note = "" if standing or asked.keep_all else _ended(place, authors, cuts)
    context = Context(base, notes.marks, files=frozenset(taken), moved=links)
    written = markdown.write(place, context, notes.texts)
    left += Counter(_lost(place, context, links) if links else ())
    left += Counter(homeless.inside(place, notes.marks))
    plain = "\n\n".join(each for each in map(_words, htmltree.leaves(place)) if each)
    told = (name if times == 1 else f"{name} ({times} times)" for name, times in left.items())
    files_taken = tuple(Attachment(name, data) for name, data in sorted(taken.items()))
    del alive
    records = tuple(replace(cut, lines="") for cut in cuts.records())
    return Body(written, plain, records, files_taken, tuple(told), note)


def _ended(place: html.HtmlElement, authors: tuple[str, ...], cuts: Cuts) -> str:
    """Cuts what publications append: what it tells of the authors, and appeals, in whatever order."""
    blocks = appended.blocks_of(place)
    note = appended.note(blocks, authors, cuts)
    left = appended.left(place, blocks)
    appended.appeals(left, cuts, ends=True)
    rest = appended.left(place, left)
    return note if note or rest is blocks else appended.note(rest, authors, cuts)


def _lost(place: html.HtmlElement, context: Context, links: OldLinks) -> Iterator[str]:
    for link in place.iter("a"):
        if links.lost(url := context.link(link.get("href", ""))):
            yield f"link to {url}, which isn’t in the export"


def _words(leaf: html.HtmlElement) -> str:
    return collapse(htmltree.text_of(leaf)).replace("\n", " ").strip(" ")


def _cut(root: html.HtmlElement, rule: str, pattern: re.Pattern[str], cuts: Cuts) -> None:
    for element in list(root.iter()):
        if pattern.search(element.get("class", "")) and root in element.iterancestors():
            cuts.away(rule, element)


def _drop_title(place: html.HtmlElement, title: str) -> None:
    """The title again as the first heading, at the top of the text."""
    words = re.findall(r"\w+", title.lower())
    top = [leaf for leaf in htmltree.leaves(place) if _words(leaf)][:_TOP]
    first = next((leaf for leaf in top if leaf.tag in ("h1", "h2")), None)
    if first is not None and words == re.findall(r"\w+", _words(first).lower()):
        first.drop_tree()


_TOP = 3
"""Blocks of text among which the title may stand again: a line may be above it."""


# ------------------------------------------------------------------ files that come along


def _attach(root: html.HtmlElement, files: Files) -> dict[str, bytes]:
    """Name and bytes of what the text shows or links to and the export holds; its addresses are rewritten."""
    taken: dict[str, bytes] = {}
    known: dict[str, str] = {}
    for element in root.iter("img", "a", "audio", "video", "source"):
        for name in ("src", "data-src", "href"):
            member = files.find(element.get(name, "")) if element.get(name) else ""
            if not member or (name == "href" and member.endswith((".html", ".htm", ".xml"))):
                continue
            if member not in known:
                data = files.read(member)
                if data is None:
                    continue
                known[member] = attachments.name(member, taken)
                taken[known[member]] = data
            element.set(name, f"attachment:{known[member]}")
            element.attrib.pop("srcset", None)
    return taken


def with_text(made: Body, mark: str, markdown_text: str) -> Body:
    """A body with Markdown in the place of a paragraph that only holds `mark`."""
    return replace(
        made,
        markdown=made.markdown.replace(mark, markdown_text.strip("\n")),
        plain=made.plain.replace(mark, markdown_text.strip()),
    )
