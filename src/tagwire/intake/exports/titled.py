"""What all readers of exports do alike: titles that are none, ids, and what a body and its metadata become together."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Any

from tagwire.intake import titles
from tagwire.intake.escape import collapse
from tagwire.intake.found import Found

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagwire.intake.exports.body import Body


def title(found: str, plain: str, slug: str = "") -> tuple[str, bool]:
    """The title as plain text, and whether it had to be made from the text or the address."""
    if stated := words(found):
        return stated, False
    derived = titles.derive(plain) if plain else ""
    return derived or slug.replace("-", " ").strip().capitalize(), True


def words(markup: str) -> str:
    """The text of a title or name in which there may be markup, on one line."""
    bare = re.sub(r"</?[a-zA-Z][^<>]*>", "", markup)
    return " ".join(collapse(unescape(bare)).split())


def identity(text: str) -> str:
    """An id as published; empty for one with white space in it, which no feed can have meant."""
    stripped = text.strip()
    return "" if re.search(r"\s", stripped) else stripped


def digest(parts: Iterable[bytes | str]) -> str:
    """sha256 (hex) of what an item is made of."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode(errors="surrogatepass") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()


def counted(count: int, one: str, many: str = "") -> str:
    """`3 comments`."""
    return f"{count} {one}" if count == 1 else f"{count} {many or f'{one}s'}"


def article(made: Body, *, title_markup: str, slug: str = "", left: Iterable[str] = (), **said: Any) -> Found:  # noqa: ANN401 - any field
    """What a body and its metadata are together; `said` are fields of `Found`, the rest is empty."""
    stated, derived = title(title_markup, made.plain, slug)
    found = Found(
        title=stated,
        title_derived=derived,
        authors=(),
        published=None,
        updated=None,
        lang="",
        summary="",
        tags=(),
        canonical="",
        markdown=made.markdown,
        plain=made.plain,
        cuts=made.cuts,
        findings=(),
        slug=slug,
        filed=True,
        attachments=made.attachments,
        left=(*left, *made.left),
        author_note=made.author_note,
    )
    return replace(found, **said)
