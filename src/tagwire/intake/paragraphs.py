"""Paragraphs of pages that were written before anybody closed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import html


def part(root: html.HtmlElement) -> None:
    """A paragraph in which two `<br>` part paragraphs becomes a `div`: pages of tables have one for the whole text.

    Not in a quotation: a message of a network is one paragraph, however its author spaced it.
    """
    for line_break in root.iter("br"):
        following, parent = line_break.getnext(), line_break.getparent()
        pair = following is not None and following.tag == "br" and not (line_break.tail or "").strip()
        if (
            pair
            and parent is not None
            and parent.tag in ("p", "font")
            and next(parent.iterancestors("blockquote"), None) is None
        ):
            parent.tag = "div"
