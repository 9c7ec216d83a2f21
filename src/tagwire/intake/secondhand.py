"""Names and dates that trafilatura finds in a page.

Its `extract_metadata` would also look for titles, tags and a domain, which takes most of its time.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

from tagwire.intake import searches
from tagwire.intake.metatags import clean

if TYPE_CHECKING:
    from lxml import html


_LONGEST = 1000
"""Characters of what a page says of itself: trafilatura takes time by the square."""
_UNQUOTED = re.compile(rf'([^"]{{{_LONGEST}}})[^"]++')


def authors(root: html.HtmlElement) -> str:
    """The names in the head of a page, else those in its body, parted by semicolons; empty if there is none."""
    from trafilatura.metadata import examine_meta, extract_author, extract_meta_json  # noqa: PLC0415 - takes half a second

    searches.install()
    for element in root.iter("meta"):
        element.set("content", element.get("content", "")[:_LONGEST])
    for script in root.iter("script"):
        if script.get("type", "").endswith("+json") and script.text:
            script.text = _short(script.text)
    return unescape(extract_meta_json(root, examine_meta(root)).author or extract_author(root) or "")


def _short(data: str) -> str:
    """JSON-LD with bounded texts, none of which begins a tag."""
    try:
        return json.dumps(_shortened(json.loads(data, strict=False)), ensure_ascii=False)
    except (ValueError, RecursionError):
        return _UNQUOTED.sub(r"\1", data).replace("<", "")


def _shortened(value: object) -> object:
    if isinstance(value, str):
        return clean(value[:_LONGEST]).replace("<", "")
    if isinstance(value, list):
        return [_shortened(each) for each in value]
    return {key[:_LONGEST]: _shortened(each) for key, each in value.items()} if isinstance(value, dict) else value


def day(root: html.HtmlElement, address: str) -> str:
    """The day (YYYY-MM-DD) that the date finder of trafilatura sees; empty if it sees none."""
    from trafilatura.metadata import find_date  # type: ignore[attr-defined]  # noqa: PLC0415 - htmldate's

    # A bound of its own would be today's date: the same source must give the same article tomorrow.
    return find_date(root, extensive_search=False, original_date=True, url=address or None, max_date="2100-01-01") or ""
