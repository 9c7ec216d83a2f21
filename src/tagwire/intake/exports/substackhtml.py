"""Substack's own elements, which keep in an attribute what a script of theirs would show, as plain HTML."""

from __future__ import annotations

import re
from html import escape, unescape

from tagwire.intake.exports.jsonfile import table

_KEPT = re.compile(
    r"<div class=\"(?P<kind>tweet|latex-rendered|instagram|digest-post-embed)\" data-attrs=\"(?P<said>[^\"]*)\"[^>]*>"
    r"\s*</div>"
)
_SUBSCRIBE = re.compile(r"class=\"button-wrapper\"(?= data-attrs=(?:\"[^\"]*|'[^']*)/subscribe)")


def plain(html: str) -> str:
    """The text of a post, with tweets and formulas written out, and its buttons to subscribe marked as such."""
    return _KEPT.sub(_written, _SUBSCRIBE.sub('class="button-wrapper subscribe"', html))


def _written(found: re.Match[str]) -> str:
    said = table(unescape(found["said"]))
    if found["kind"] == "latex-rendered":
        formula = str(said.get("persistentExpression") or "").replace("</", "< /")
        return f'<script type="math/tex; mode=display">{formula}</script>'
    url = str(said.get("url") or said.get("canonical_url") or "")
    text, name = (
        str(said.get("full_text") or said.get("title") or ""),
        str(said.get("name") or said.get("username") or ""),
    )
    if not url.startswith(("https://", "http://")):
        return found[0]
    if found["kind"] != "tweet" or not text:
        return f'<p><a href="{escape(url)}">{escape(text or url)}</a></p>'
    quoted = "<br>".join(map(escape, text.split("\n")))
    return f'<blockquote><p>{quoted}</p><p><a href="{escape(url)}">{escape(name or url)}</a></p></blockquote>'
