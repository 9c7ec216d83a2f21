"""Substack's own elements, which keep in an attribute what a script of theirs would show, as plain HTML."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any, Final

from tagwire.intake.exports.jsonfile import table

_KEPT: Final = re.compile(
    r"<(?P<tag>div|a)\b(?=[^<>]*\bclass=\"(?P<kind>[\w-]+))(?=[^<>]*\bdata-attrs=\"(?P<said>[^\"]*)\")[^<>]*>\s*</(?P=tag)>"
)
"""An element with nothing in it but its attributes."""
_BUTTON: Final = re.compile(r"class=\"button-wrapper\"(?= data-attrs=(?:\"(?P<one>[^\"]*)|'(?P<two>[^']*)))")
_NAMES: Final = ("title", "label", "name", "publication_name", "authorName", "username")


def plain(html: str) -> tuple[str, tuple[str, ...]]:
    """The text of a post with its elements written out and its buttons marked, and what can't be carried over."""
    left: list[str] = []
    html = _KEPT.sub(lambda found: _written(found, left), _BUTTON.sub(_marked, html))
    return html, tuple(left)


def _marked(button: re.Match[str]) -> str:
    said = button["one"] or button["two"] or ""
    kind = " subscribe" if "/subscribe" in said else " share" if re.search(r"action=share|/comments\b", said) else ""
    return f'class="button-wrapper{kind}"'


def _written(found: re.Match[str], left: list[str]) -> str:
    kind, said = found["kind"], table(unescape(found["said"]))
    if kind == "latex-rendered":
        formula = str(said.get("persistentExpression") or "").replace("</", "< /")
        return f'<script type="math/tex; mode=display">{formula}</script>'
    if kind == "mention-wrap":
        return escape(str(said.get("name") or ""))
    if kind == "image-gallery-embed":
        return _gallery(said)
    url, name = str(said.get("url") or said.get("canonical_url") or said.get("base_url") or ""), _first(said, *_NAMES)
    held = said.get("comment")
    note = held if isinstance(held, dict) else said
    text = _first(note, "full_text", "text", "body")
    name = name or _first(note, "name")
    linked = url.startswith(("https://", "http://"))
    shown = f'<a href="{escape(url)}">{escape(name or url)}</a>' if linked else escape(name)
    if text:
        quoted = "<br>".join(map(escape, text.split("\n")))
        return f"<blockquote><p>{quoted}</p><p>{shown}</p></blockquote>"
    if linked and not kind.endswith("-inset"):
        return f"<p>{shown}</p>"
    left.append(f"Substack’s {kind}{f' “{name}”' if name else ''}")
    return ""


def _first(said: dict[str, Any], *names: str) -> str:
    return next((value for each in names if isinstance(value := said.get(each), str) and value.strip()), "")


def _gallery(said: dict[str, Any]) -> str:
    """The pictures of a gallery, the last with the caption of all."""
    held = said.get("gallery")
    gallery = held if isinstance(held, dict) else {}
    listed = gallery.get("images")
    images = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    shown = [f'<img src="{escape(_first(each, "src"))}" alt="{escape(_first(gallery, "alt"))}">' for each in images]
    caption = _first(gallery, "caption")
    last = f"<figure>{shown[-1]}<figcaption>{escape(caption)}</figcaption></figure>" if shown and caption else ""
    return "".join(f"<p>{each}</p>" for each in (shown[:-1] if last else shown)) + last
