"""The text and inline elements of one block as a line of Markdown, or as raw HTML where Markdown has no sign."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape as html_escape
from typing import TYPE_CHECKING, Final, NamedTuple

from tagwire.intake.escape import cell, code, label, run, url
from tagwire.intake.htmltree import text_of
from tagwire.intake.media import EMBEDS, Context, embed, flat, image

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import html

_DEEPEST = 20
"""Inline elements within each other; below, only their text is kept."""

_EMPHASIS: Final = {"em": "em", "i": "em", "dfn": "em", "var": "em", "strong": "strong", "b": "strong"}
_STARS: Final = {"em": "*", "strong": "**"}
_CODE: Final = frozenset(["code", "tt", "samp"])
_RAW: Final = {
    **{
        tag: tag
        for tag in ("sub", "sup", "kbd", "del", "ins", "mark", "q", "abbr", "ruby", "rb", "rt", "rp", "bdo", "bdi")
    },
    "s": "del",
    "strike": "del",
    "acronym": "abbr",
}
_RAW_ATTRIBUTES: Final = {"abbr": "title", "bdo": "dir", "bdi": "dir"}


class _Text(NamedTuple):
    """Text of the page; tuples, since a page has thousands."""

    text: str
    mark: bool = False


class _Mark(NamedTuple):
    """Finished Markdown."""

    text: str
    mark: bool = True


_Pieces = list[_Text | _Mark]
_BREAK = _Mark("\n")
_STARRED = (_Mark("*"), _Mark("**"))


def line(element: html.HtmlElement, context: Context) -> str:
    """A block's content as Markdown that starts a line and may have line breaks."""
    return _assembled(_inside(element, context, 0, linked=False), context, "\n", "  \n")


def heading(element: html.HtmlElement, context: Context) -> str:
    """Content for behind `## `."""
    text = _assembled(_inside(element, context, 0, linked=False), context, " ", " ").strip()
    return re.sub(r"#+\Z", lambda found: r"\#" * len(found[0]), text)


def table_cell(element: html.HtmlElement, context: Context) -> str:
    """Content for between the `|` of a table."""
    return cell(_assembled(_inside(element, context, 0, linked=False), context, " ", "<br>"))


def raw(element: html.HtmlElement, context: Context) -> str:
    """Content as HTML."""
    html_context = replace(context, raw=True)
    return _assembled(_inside(element, html_context, 0, linked=False), html_context, "\n", "<br>")


# ------------------------------------------------------------------ elements into pieces


def _inside(element: html.HtmlElement, context: Context, depth: int, *, linked: bool) -> _Pieces:
    """The pieces of an element's content."""
    if depth > _DEEPEST:
        return [_Text(text_of(element))]
    pieces: _Pieces = [_Text(element.text or "")]
    for child in element:
        made = _of(child, context, depth + 1, linked=linked)
        _join(pieces, made)
        for piece in made:
            pieces.append(_apart(pieces, piece))
        pieces.append(_Text(child.tail or ""))
    return pieces


def _join(pieces: _Pieces, made: _Pieces) -> None:
    """Make one of two emphases that touch: their stars would be those of another, or stay stars."""
    last = next((at for at in reversed(range(len(pieces))) if pieces[at].text), None)
    first = next((at for at, piece in enumerate(made) if piece.text), None)
    if last is not None and first is not None and pieces[last] == made[first] and made[first] in _STARRED:
        del pieces[last], made[first]


def _apart(pieces: _Pieces, piece: _Text | _Mark) -> _Text | _Mark:
    """Stars or backticks that would touch others become tags."""
    last = next((p for p in reversed(pieces) if p.text), None)
    if not isinstance(last, _Mark) or not isinstance(piece, _Mark):
        return piece
    if piece.text[:1] == "`" == last.text[-1:]:
        return _Mark(f"<code>{label(run(piece.text.strip('`').strip(), '>', '<'))}</code>")
    return piece


def _of(element: html.HtmlElement, context: Context, depth: int, *, linked: bool) -> _Pieces:
    """The pieces of one inline element."""
    tag = element.tag
    if element in context.notes:
        name = context.notes[element]
        pieces: _Pieces = [_Mark(f"<sup>{html_escape(name)}</sup>" if context.raw else f"[^{name}]")]
    elif tag == "br":
        pieces = [_BREAK]
    elif tag == "img":
        pieces = [_Mark(image(element, context))]
    elif tag in EMBEDS:
        pieces = [_Mark(embed(element, context, linked=linked))]
    elif tag in _CODE:
        pieces = _code(element, context)
    else:
        pieces = _around(element, _inside(element, context, depth, linked=linked or tag == "a"), context, linked=linked)
    return pieces


def _around(element: html.HtmlElement, inner: _Pieces, context: Context, *, linked: bool) -> _Pieces:
    """The pieces of an element's content with its marks."""
    tag = element.tag
    if tag == "a" and not linked:
        return _link(element, inner, context)
    if tag in _EMPHASIS:
        return _emphasis(_EMPHASIS[tag], inner, context)
    return _tagged(_RAW[tag], element, inner) if tag in _RAW else inner


def _code(element: html.HtmlElement, context: Context) -> _Pieces:
    text = flat(text_of(element)).strip(" ")
    if not text:
        return []
    return [_Mark(f"<code>{html_escape(text, quote=False)}</code>" if context.raw else code(text))]


def _link(element: html.HtmlElement, inner: _Pieces, context: Context) -> _Pieces:
    target = context.link(element.get("href", ""))
    before, kept, behind = _trimmed(inner)
    if not target or not kept:
        return inner
    kept = [_Text(" ") if piece == _BREAK else piece for piece in kept]
    if context.raw:
        return [*before, _Mark(f'<a href="{html_escape(target)}">'), *kept, _Mark("</a>"), *behind]
    return [*before, _Mark("["), *kept, _Mark(f"]({url(target)})"), *behind]


def _emphasis(tag: str, inner: _Pieces, context: Context) -> _Pieces:
    before, kept, behind = _trimmed(inner)
    if not kept:
        return inner
    nested = any(isinstance(piece, _Mark) and piece.text in ("*", "**") for piece in kept)
    abbreviation = tag == "em" and kept[0].text.startswith("[")  # "*[a](b) [c]: d" would define one
    if context.raw or nested or abbreviation:
        return [*before, _Mark(f"<{tag}>"), *kept, _Mark(f"</{tag}>"), *behind]
    return [*before, _Mark(_STARS[tag]), *kept, _Mark(_STARS[tag]), *behind]


def _tagged(tag: str, element: html.HtmlElement, inner: _Pieces) -> _Pieces:
    name = _RAW_ATTRIBUTES.get(tag, "")
    value = flat(element.get(name, "")) if name else ""
    if not any(piece.text.strip() for piece in inner):
        return inner
    attribute = f' {name}="{html_escape(value)}"' if value else ""
    return [_Mark(f"<{tag}{attribute}>"), *inner, _Mark(f"</{tag}>")]


def _trimmed(pieces: _Pieces) -> tuple[_Pieces, _Pieces, _Pieces]:
    """White space and breaks at either end belong outside of a mark."""
    before: _Pieces = []
    kept = list(pieces)
    while kept and (kept[0] == _BREAK or not kept[0].text.strip()):
        before.append(kept.pop(0))
    behind: _Pieces = []
    while kept and (kept[-1] == _BREAK or not kept[-1].text.strip()):
        behind.insert(0, kept.pop())
    if kept and isinstance(kept[0], _Text):
        text = kept[0].text.lstrip()
        before.append(_Text(kept[0].text[: -len(text)]))
        kept[0] = _Text(text)
    if kept and isinstance(kept[-1], _Text):
        text = kept[-1].text.rstrip()
        behind.insert(0, _Text(kept[-1].text[len(text) :]))
        kept[-1] = _Text(text)
    return before, kept, behind


# ------------------------------------------------------------------ pieces into Markdown


def _assembled(pieces: _Pieces, context: Context, start: str, line_break: str) -> str:
    """The pieces as one string; `start` says what stands before them."""
    joined = [piece for piece in _merged(pieces) if piece.text]
    out: list[str] = []
    in_link = False
    for number, piece in enumerate(joined):
        before = next((text for text in reversed(out) if text), start)[-1]
        behind = joined[number + 1].text[0] if number + 1 < len(joined) else "\n"
        if isinstance(piece, _Text):
            written = _written(piece.text, before, behind, context)
            out.append(label(written) if in_link else written)
        elif piece == _BREAK:
            following = joined[number + 1 :]
            if out and following and following[0] != _BREAK and any(piece.text.strip() for piece in following):
                out.append(line_break)
        else:
            in_link = piece.text == "[" or (in_link and not piece.text.startswith("]("))
            out.append(piece.text)
    return "".join(out).strip(" \n")


def _merged(pieces: Iterable[_Text | _Mark]) -> _Pieces:
    merged: _Pieces = []
    for piece in pieces:
        if merged and isinstance(piece, _Text) and isinstance(merged[-1], _Text):
            merged[-1] = _Text(merged[-1].text + piece.text)
        elif piece.text:
            merged.append(piece)
    return merged


def _written(text: str, before: str, behind: str, context: Context) -> str:
    """Text between two characters of finished Markdown."""
    text = flat(text)
    text = text.lstrip(" \xa0" if before == "\n" else " ") if before in " \n" else text
    text = text.rstrip(" \xa0") if behind == "\n" else text
    if context.raw:
        return html_escape(text, quote=False)
    if before == "]" and text[:1] in ("(", "[", ":"):  # behind the mark of a footnote
        return f"&#{ord(text[0])};{run(text[1:], ';', behind)}"
    written = run(text, before, behind)
    return written.replace("}", "&#125;") if before == "}" else written  # the size of a picture would end there
