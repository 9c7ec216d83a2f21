"""Pictures inside of a text: what the page's HTML says about each, once their sizes are known."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagwire.model import Shown

_IMAGE = re.compile(r'<img\b(?P<before>[^<>]*?)\ssrc="(?P<url>[^"]*)"(?P<after>[^<>]*?)\s*/?>')


def dressed(content: str, pictures: tuple[Shown, ...]) -> str:
    """`content` with the size of each known picture, and its smaller ones in newer formats. All but the first wait."""
    known = {html.escape(picture.url): picture for picture in pictures}
    count = 0

    def one(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return _dressed(found, known, first=count == 1)

    return _IMAGE.sub(one, content) if "<img" in content else content


def _dressed(found: re.Match[str], known: Mapping[str, Shown], *, first: bool) -> str:
    picture = known.get(found["url"])
    own = f"{found['before']} {found['after']}"
    more = "" if first or " loading=" in own else ' loading="lazy" decoding="async"'
    if picture and not re.search(r"\s(?:width|height)=", own):
        more += f' width="{picture.width}" height="{picture.height}"'
    image = f'<img{found["before"]} src="{found["url"]}"{found["after"].rstrip()}{more}>'
    if not picture or not picture.sources or " srcset=" in own:
        return image
    sources = "".join(
        f'<source type="{source.type}" srcset="{html.escape(source.srcset)}" sizes="{SIZES}">'
        for source in picture.sources
    )
    return f"<picture>{sources}{image}</picture>"


SIZES = "(min-width: 38rem) 34rem, 92vw"
"""How wide a picture in a text is shown; see `--measure` in style.css."""
