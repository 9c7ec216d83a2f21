"""Header lines at the top of a text: "Title: …", "Date: …", or those of a mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagwire.intake.pieces import Line

_KINDS = {
    "title": "title headline subject titel betreff überschrift schlagzeile titre objet título titulo asunto titolo"
    " oggetto заголовок тема כותרת נושא العنوان الموضوع 标题 標題 件名",
    "author": "author authors by byline from von autor verfasser auteur auteurs autora autore автор מאת الكاتب 作者",
    "published": "date published pubdate posted datum veröffentlicht publié fecha publicado data pubblicato дата"
    " опубликовано опубліковано תאריך التاريخ 日期",
    "updated": "updated modified aktualisiert actualizado aggiornato обновлено оновлено",
    "tags": "tags keywords stichwörter schlagwörter schlagworte étiquettes etiquetas теги",
    "summary": "summary description abstract teaser standfirst dek zusammenfassung résumé resumen описание",
    "lang": "language lang sprache langue idioma язык мова",
    "canonical": "url canonical link source-url",
    "mail": "to cc bcc reply-to message-id mime-version in-reply-to references received return-path sender list-id"
    " content-type content-transfer-encoding content-language delivered-to organization user-agent precedence status"
    " list-unsubscribe list-post dkim-signature authentication-results sent an à",
}
_KIND = {name: kind for kind, names in _KINDS.items() for name in names.split()}
_FIELD = re.compile(r"(?P<key>[^\W\d_][\w-]{1,30})[ ]?[:：](?:\s+|(?<=：))(?P<value>\S.*)")
_SURE = frozenset({"title", "author", "published"})
"""A text that begins with one of these has a header; "Link: …" alone is a text."""


@dataclass(frozen=True, slots=True)
class Field:
    """One header line with its continuation lines."""

    kind: str
    """`title`, `author`, `published`, `updated`, `tags`, `summary`, `lang`, `canonical`, or `mail` for the rest."""
    value: str
    first: int
    last: int


def read(lines: Sequence[Line]) -> tuple[Field, ...]:
    """The header lines that `lines` begin with; none if they don't."""
    found: list[Field] = []
    for line in lines:
        if line.blank:
            if found:
                break
            continue
        if found and line.indent and found[-1].last == line.number - 1:
            last = found[-1]
            found[-1] = Field(last.kind, f"{last.value} {line.bare}", last.first, line.number)
            continue
        field = _field(line)
        if field is None:
            break
        found.append(field)
    return tuple(map(_decoded, found)) if any(field.kind in _SURE for field in found) else ()


def _field(line: Line) -> Field | None:
    match = _FIELD.fullmatch(line.text)
    if match is None:
        return None
    key = match["key"].lower()
    kind = "mail" if key.startswith("x-") else _KIND.get(key)
    return Field(kind, match["value"], line.number, line.number) if kind else None


def words(value: str) -> str | None:
    """What a mail's header says, which writes what is not ASCII as `=?utf-8?B?…?=` (RFC 2047); None if unreadable."""
    try:
        return str(make_header(decode_header(value)))
    except (MessageError, LookupError, ValueError):
        return None


def _decoded(field: Field) -> Field:
    if "=?" not in field.value:
        return field
    value = words(field.value)
    if value is None:
        return Field("mail", field.value, field.first, field.last)
    broken = "\ufffd" in value and "\ufffd" not in field.value  # cut, but worth nothing as a title or a name
    return Field("mail" if broken else field.kind, value, field.first, field.last)
