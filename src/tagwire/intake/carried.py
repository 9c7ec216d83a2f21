"""What a reader found, brought within what an article may say: whatever a stranger's file holds, a build takes it.

What no feed can carry is left out; what is no name, no language or no address isn't taken for one. All of it is told.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tagwire import names
from tagwire.characters import FORBIDDEN, without_forbidden
from tagwire.problems import Problem

if TYPE_CHECKING:
    from tagwire.intake.found import Found, Item

_LONGEST_NAME = 200
_LONGEST_TITLE = 1000
_LONGEST_TEXT = 5000
_MOST_TAGS = 200
_QUOTED = 80
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def carried(item: Item, found: Found, path: str) -> tuple[Item, Found]:
    """Both as an article can have them. Readers of plain text and HTML have left such characters out already."""
    clean = _cleaned(found)
    key = without_forbidden(item.key)
    if clean is not found or key != item.key:
        said = "".join((item.key, *(getattr(found, name) for name in _TEXTS if name != "plain")))
        said += "".join(text for name in _LISTS for text in getattr(found, name))
        gone = FORBIDDEN.findall(said)
        message = f"{len(gone)} control characters left out" + (f", the first is U+{ord(gone[0]):04X}" if gone else "")
        problem = Problem(f"content/{path}", 0, 0, "control-characters", message, severity="warning")
        item = replace(item, key=key, warnings=(*item.warnings, problem))
    return item, _stilled(_bounded(clean))


_TEXTS = ("title", "summary", "canonical", "markdown", "plain", "id", "slug", "image", "author_note")
_LISTS = ("authors", "tags", "aliases", "left")


def _cleaned(found: Found) -> Found:
    """The same object where there is nothing to clean."""
    texts = {name: without_forbidden(getattr(found, name)) for name in _TEXTS}
    lists = {name: tuple(map(without_forbidden, getattr(found, name))) for name in _LISTS}
    changed = {name: value for name, value in (*texts.items(), *lists.items()) if value != getattr(found, name)}
    return replace(found, **changed) if changed else found  # type: ignore[arg-type]  # texts and lists of texts


def _bounded(found: Found) -> Found:
    """Names are short, a language is one, and an id is one word."""
    authors, long = _short(found.authors, _LONGEST_NAME)
    tags, more = _short(found.tags, _LONGEST_NAME)
    left = (*found.left, *(f"author “{name[:_QUOTED]}…”" for name in long))
    url, image = found.canonical, found.image
    if url and not names.is_web_url(url):
        left, url = (*left, f"the address {url[:_QUOTED]}, which is none"), ""
    if _SCHEME.match(image) and not image.startswith("attachment:") and not names.is_web_url(image):
        left, image = (*left, f"the lead picture {image[:_QUOTED]}, which is no address"), ""
    left += tuple(f"tag “{name[:_QUOTED]}…”" for name in (*more, *tags[_MOST_TAGS:]))
    lang = found.lang.replace("_", "-")
    is_lang = bool(names.LANGUAGE_TAG.match(lang)) and len(lang) <= _QUOTED
    return replace(
        found,
        authors=authors,
        tags=tags[:_MOST_TAGS],
        lang=lang if is_lang else "",
        title=_cut(found.title, _LONGEST_TITLE),
        summary=_cut(found.summary, _LONGEST_TEXT),
        author_note=_cut(found.author_note, _LONGEST_TEXT),
        canonical=url,
        image=image,
        id=found.id if len(found.id.split()) == 1 else "",
        left=left,
    )


def _stilled(found: Found) -> Found:
    """Drawings hold nothing that runs; what was taken out of which is told."""
    if not any(each.name.endswith(".svg") for each in found.attachments):
        return found
    from tagwire.intake import drawings  # noqa: PLC0415 - lxml, for the few that have a drawing

    files = tuple(
        replace(each, data=drawings.still(each.data)) if each.name.endswith(".svg") else each
        for each in found.attachments
    )
    changed = (new.name for new, old in zip(files, found.attachments, strict=True) if new.data != old.data)
    return replace(found, attachments=files, left=(*found.left, *(f"what runs in {name}" for name in changed)))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _short(found: tuple[str, ...], longest: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(those that are names, those that are too long for one); without a letter or digit it is neither."""
    named = [name for name in found if names.slug(name)]
    return tuple(n for n in named if len(n) <= longest), tuple(n for n in named if len(n) > longest)
