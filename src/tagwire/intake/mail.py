"""Mails and newsletters (`.eml`): the body as an article, the headers as its front matter."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from lxml import html as lxml_html

from tagwire.intake import forwarded, htmltree, mailparts, newsletter, opening
from tagwire.intake import text as plain_text
from tagwire.intake.document import Document, found
from tagwire.intake.found import Finding, Found, Refused

if TYPE_CHECKING:
    from email.message import EmailMessage

    from lxml import html

    from tagwire.intake.found import Asked, Attachment
    from tagwire.intake.mailparts import Parts

_REMARK: Final = 60
"""Words of a mail up to which it only introduces the one that is attached to it."""
_FORWARDED: Final = 5
"""How often a mail may have been forwarded as an attachment."""
_ENCODED: Final = re.compile(r"=\?[\w-]+\?[BbQq]\?[^\s?]*\?=")
"""A word of RFC 2047 that could not be decoded."""
_HEADERS = "the mail's headers"


def read(data: bytes, path: str, asked: Asked) -> Found | Refused:
    """The article in a mail; of one that only carries another, that other's."""
    return message(mailparts.parse(data), path, asked)


def message(mail: EmailMessage, path: str, asked: Asked) -> Found | Refused:
    """The article in a parsed mail."""
    parts = mailparts.parts(mail)
    for _ in range(_FORWARDED):
        words = len(f"{parts.text} {re.sub('<[^<>]*>', ' ', parts.html)}".split())
        if parts.inner is None or words > _REMARK:
            break
        mail = parts.inner
        parts = mailparts.parts(mail)
    told = _told(mail, parts)
    if parts.html.strip():
        return _html(told, parts, path, asked)
    return _plain(told, parts, path, asked)


def _told(mail: EmailMessage, parts: Parts) -> Document:
    """What the headers say."""
    lang = mailparts.header(mail, "content-language").partition(",")[0]
    subject = mailparts.header(mail, "subject")
    broken = "\ufffd" in subject or _ENCODED.search(subject)  # a title of replacement signs would be none
    archived = mailparts.header(mail, "archived-at").strip("<> ")
    return Document(
        html=parts.html,
        title="" if broken else _subject(subject, mailparts.header(mail, "list-id")),
        authors=mailparts.sender(mail),
        published=mailparts.sent(mail),
        lang=lang if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", lang) else "",
        canonical=archived if re.match(r"https?://\S+\Z", archived) else "",
        left=(*parts.left, *(["the subject, which can’t be read"] if broken else [])),
        origin=_HEADERS,
        named=True,
    )


def _subject(said: str, of: str) -> str:
    """A subject without the signs of mail, and without the name of the mailing list `of`, in brackets before it."""
    title = opening.unmailed(said)
    listed = re.match(r"\[([^\[\]]{1,60})\]\s*(?=\S)", title)
    return opening.unmailed(title[listed.end() :]) if listed and listed[1].lower() in of.lower() else title


# ------------------------------------------------------------------ HTML


def _html(told: Document, parts: Parts, path: str, asked: Asked) -> Found | Refused:
    try:
        root = htmltree.parse(parts.html)
    except htmltree.Unreadable:
        return _plain(told, parts, path, asked)
    htmltree.tidy(root)
    original = forwarded.in_tree(root, asked.timezone)
    if original:
        told = replace(told, title=original.title or told.title, authors=original.authors, published=original.published)
    canonical = told.canonical or newsletter.address(root)
    cuts = () if asked.keep_all else newsletter.cut(root, asked.keep)
    shown = _pictures(root, parts)
    body = root.find("body") if root.find("body") is not None else root
    whole = replace(
        told,
        html=lxml_html.tostring(body, encoding="unicode"),
        canonical=canonical,
        attachments=tuple(shown),
        left=(*told.left, *_unshown(parts, shown)),
    )
    made = found(whole, path, asked)
    if isinstance(made, Refused):
        return made
    return replace(made, cuts=(*cuts, *made.cuts), findings=(*made.findings, *map(Finding.of_cut, cuts)))


def _pictures(root: html.HtmlElement, parts: Parts) -> list[Attachment]:
    """The pictures that came with the mail and that its text shows."""
    shown: dict[str, Attachment] = {}
    for image in root.iter("img"):
        file = parts.files.get(image.get("src", "").strip())
        if file is not None:
            shown[file.name] = file
            image.set("src", f"attachment:{file.name}")
    return list(shown.values())


def _unshown(parts: Parts, shown: list[Attachment]) -> list[str]:
    return [f"attachment {file.name}" for file in dict.fromkeys(parts.files.values()) if file not in shown]


# ------------------------------------------------------------------ plain text


def _plain(told: Document, parts: Parts, path: str, asked: Asked) -> Found | Refused:
    text, below = newsletter.without_signature(parts.text, ("mail-footer",) if asked.keep_all else asked.keep)
    original = forwarded.in_text(text, asked.timezone)
    if original:
        told = replace(told, title=original.title or told.title, authors=original.authors, published=original.published)
        text = original.text
    made = plain_text.read(text, path, asked)
    if isinstance(made, Refused):
        return made
    findings = [each for each in made.findings if each.what not in ("title", "byline", "date")]
    stated = (
        ("title", told.title),
        ("byline", ", ".join(told.authors)),
        ("date", told.published and told.published.iso),
    )
    findings[:0] = [Finding(what, value, _HEADERS) for what, value in stated if value]
    findings += map(Finding.of_cut, below)
    return replace(
        made,
        title=told.title or made.title,
        title_derived=not told.title and made.title_derived,
        authors=told.authors or made.authors,
        published=told.published or made.published,
        lang=told.lang or made.lang,
        canonical=told.canonical or made.canonical,
        cuts=(*(replace(cut, lines="") for cut in made.cuts), *below),
        findings=tuple(findings),
        left=(*told.left, *_unshown(parts, [])),
    )
