"""WordPress's export (WXR): posts and pages of both editors, with their authors, terms, dates, ids and pictures."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from tagwire.intake.exports import address, autop, body, recordings, shortcodes, titled, wpblocks, wxpost
from tagwire.intake.exports.files import Files
from tagwire.intake.exports.oldlinks import OldLinks
from tagwire.intake.exports.xmlstream import Elements, named, raw, spelling, text
from tagwire.intake.found import Item, Known
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from tagwire.intake.bundle import Bundle
    from tagwire.intake.exports.body import Body
    from tagwire.intake.found import Asked

_WIDGETS: Final = {
    "share-buttons": r"\b(?:sharedaddy|sd-sharing|addtoany|heateor|ssba)\b",
    "newsletter-form": r"\b(?:wp-block-jetpack-subscriptions|mc4wp-form|mailpoet_form)\b",
    "related-links": r"\b(?:jp-relatedposts|yarpp)\b",
}
_LEFT_STATES: Final = {
    "private": "it was private: it is a draft now",
    "pending": "it was waiting for review: it is a draft now",
}
_SITE_PARTS: Final = {"nav_menu_item": "menu item", "customize_changeset": "setting", "custom_css": "style sheet"}


@dataclass(slots=True)
class _Site:
    """What is said once and meant everywhere."""

    base: str = ""
    authors: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    """What is said of each author, by login; WordPress itself leaves that out, plugins write it."""
    pictures: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Number of an attachment → (address, description, caption)."""
    children: dict[str, list[str]] = field(default_factory=dict)
    """Number of a post → those of its attachments."""
    reusable: dict[str, str] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)
    links: OldLinks = field(default_factory=OldLinks)


def items(bundle: Bundle, path: str, asked: Asked) -> Iterator[Item | Problem]:
    """Every post and page; the file is read twice, since a picture may be described behind its post."""
    name = bundle.names()[0]
    site = _survey(bundle, name, asked)
    files = Files(bundle, main=name)
    with bundle.open(name) as stream:
        elements = Elements(stream, ["item"])
        seen: set[str] = set()
        for number, element in enumerate(elements, 1):
            kind = text(element, "post_type") or "post"
            if elements.torn:
                said = text(element, "title") or "without a title"
                message = f"the export ends within item {number} (“{said}”), which was left out"
                yield Problem(f"content/{path}", 0, 0, "export-truncated", message, "export or download it anew")
            elif _is_article(element, kind):
                key, twin = _key(element, site, seen)
                seen.add(key)
                if not asked.only or key == asked.only:
                    yield _item(element, kind, site, files, asked, key, twin=twin)
    for kind, count in sorted(site.others.items()):
        message = f"{titled.counted(count, kind)} could not be carried over"
        yield Problem(f"content/{path}", 0, 0, "not-carried-over", message, severity="warning")


def _key(element: etree._Element, site: _Site, seen: set[str]) -> tuple[str, bool]:
    """A post's key, its guid, and whether another one has that guid, as posts have that were copied.

    Then the number of the post tells.
    """
    number = text(element, "post_id")
    guid = text(element, "guid") or f"{site.base}?p={number}"
    key, times = guid, 0
    while key in seen:
        times += 1
        key = f"{guid}#{number}" if times == 1 else f"{guid}#{number}-{times}"
    return key, key != guid


def _survey(bundle: Bundle, name: str, asked: Asked) -> _Site:
    with bundle.open(name) as stream:
        link = re.search(r"<link>\s*(https?://[^<\s]+)", stream.read(1 << 16).decode("utf-8", "replace"))
    site = _Site(base=f"{link[1].rstrip('/')}/" if link else "", links=OldLinks(link[1] if link else "", asked.site))
    with bundle.open(name) as stream:
        for element in Elements(stream, ["item", "{*}author", "{*}base_blog_url", "{*}base_site_url"]):
            _, local = named(element)
            if local == "author":
                login = text(element, "author_login")
                site.authors[login] = text(element, "author_display_name") or login
                site.notes[login] = titled.words(text(element, "author_description"))
            elif local.startswith("base_"):
                site.base = "".join(map(str, element.itertext())).strip().rstrip("/") + "/"
                site.links.host(site.base)
            else:
                _survey_item(element, site)
    return site


def _survey_item(element: etree._Element, site: _Site) -> None:
    kind, number = text(element, "post_type"), text(element, "post_id")
    if kind == "attachment":
        said = dict(_meta(element))
        shown = said.get("_wp_attachment_image_alt", "")
        site.pictures[number] = (text(element, "attachment_url"), shown, wxpost.content(element, "excerpt"))
        site.children.setdefault(text(element, "post_parent"), []).append(number)
    elif kind == "wp_block":
        site.reusable[number] = wxpost.content(element, "content")
    elif _is_article(element, kind or "post"):
        if text(element, "status") in ("publish", ""):
            short = ("p", "page_id") if kind == "page" else ("p",)
            link = text(element, "link")
            site.links.add(_old(link, number, site), link, *(f"{site.base}?{name}={number}" for name in short))
    else:
        trash = text(element, "status") in ("trash", "auto-draft")
        site.others["deleted post" if trash else _SITE_PARTS.get(kind, f"`{kind}`")] += 1


def _old(link: str, number: str, site: _Site) -> str:
    """Where a post was, as a path can say it: of a site whose addresses are queries (`/?p=7`), `/p/7/`.

    A web server can lead from the one to the other by one rule, and links within the site lead on without it.
    """
    return f"{site.base}p/{number}/" if _PLAIN.search(link) else link


_PLAIN: Final = re.compile(r"\?(?:[^#]*&)?(?:p|page_id)=\d+\b")


def _is_article(element: etree._Element, kind: str) -> bool:
    if text(element, "status") in ("trash", "auto-draft"):
        return False
    return kind in ("post", "page") or not (
        kind in _SITE_PARTS or kind.startswith(("wp_", "oembed")) or kind in _NO_TEXT
    )


_NO_TEXT: Final = frozenset(
    "attachment revision user_request jp_img_sitemap jp_sitemap feedback scheduled-action".split()
)


def _meta(element: etree._Element) -> Iterator[tuple[str, str]]:
    for child in element.iterchildren("{*}postmeta"):
        yield text(child, "meta_key"), raw(child, "meta_value")


# ------------------------------------------------------------------ one post


def _item(element: etree._Element, kind: str, site: _Site, files: Files, asked: Asked, key: str, *, twin: bool) -> Item:
    comments = sum(1 for _ in element.iterchildren("{*}comment"))  # the digest takes them out
    digest = _digest(element)
    if asked.there.get(key) == digest:
        return Item(key, digest, Known())
    meta = dict(_meta(element))
    guid, status = text(element, "guid"), text(element, "status")
    made, left = _body(element, kind, meta, site, files, asked)
    image, attachments = files.lead(_lead(meta, site)[0], made.attachments)
    heard = () if kind == "page" else wxpost.recordings_of(meta)
    recording, attachments, silent = recordings.chosen(heard, files, attachments)
    left += [titled.counted(comments, "comment")] if comments else []
    left += [*silent, *wxpost.not_carried(element, kind, text(element, "link"))]
    left += [f"its id {guid}, which another post has too"] if twin and guid else []
    left += _captioned(meta, site, image)
    hidden, why = _hidden(element, status)
    found = titled.article(
        replace(made, left=()),
        title_markup=text(element, "title"),
        slug=_slug(element),
        left=(*left, *why),
        authors=wxpost.authors(element, site.authors),
        published=wxpost.published(element, asked),
        summary=wxpost.summary(element, meta),
        tags=wxpost.terms(element),
        canonical=wxpost.canonical(meta),
        id="" if twin else titled.identity(guid),
        draft=hidden,
        page=kind == "page",
        aliases=_aliases(element, status, site, asked),
        image=image,
        enclosure=recording,
        attachments=attachments,
        author_note=made.author_note or wxpost.told(element, site.notes),
    )
    return Item(key, digest, found)


def _slug(element: etree._Element) -> str:
    """The name of a post in addresses; Squarespace writes the whole path."""
    name = unquote(text(element, "post_name"))
    return address.slug(f"/{name}") if "/" in name or "." in name else name


def _aliases(element: etree._Element, status: str, site: _Site, asked: Asked) -> tuple[str, ...]:
    """The address that a post had, if it was public."""
    if status not in ("publish", ""):
        return ()
    old = address.alias(_old(text(element, "link"), text(element, "post_id"), site), asked.site)
    return (old,) if old else ()


def _lead(meta: dict[str, str], site: _Site) -> tuple[str, str, str]:
    """The lead picture of a post: its address, its description and its caption; empty where there is none."""
    return site.pictures.get(meta.get("_thumbnail_id", ""), ("", "", ""))


_EXCERPT = re.compile(r"exc-[0-9a-f]+\Z")
"""What Squarespace writes for no caption."""


def _captioned(meta: dict[str, str], site: _Site, image: str) -> list[str]:
    caption = titled.words(_lead(meta, site)[2])
    return [f"caption of the lead picture “{caption}”"] if image and caption and not _EXCERPT.match(caption) else []


def _hidden(element: etree._Element, status: str) -> tuple[bool, list[str]]:
    """Whether it becomes a draft, and what is to be said of that."""
    if text(element, "post_password"):
        return True, ["its password: it is a draft now"]
    said = [_LEFT_STATES[status]] if status in _LEFT_STATES else []
    return status not in ("publish", "future", "inherit", ""), said


def _body(
    element: etree._Element, kind: str, meta: dict[str, str], site: _Site, files: Files, asked: Asked
) -> tuple[Body, list[str]]:
    content = wxpost.content(element, "content")
    number = text(element, "post_id")
    left: list[str] = []
    blocks = wpblocks.is_blocks(content)
    if blocks:
        content, told = wpblocks.plain(content, site.reusable, meta.get("footnotes", ""))
        left += told
    expanded = shortcodes.expand(content, lambda given, _: _gallery(given, number, site, left))
    content = expanded.html if blocks else autop.paragraphs(expanded.html)
    content += wxpost.attached(meta, content)
    left += _grouped(expanded.left)
    base = text(element, "link") if address.alias(text(element, "link")) else site.base
    title = titled.words(text(element, "title"))
    standing = kind == "page"
    made = body.read(
        content,
        asked,
        base=base,
        title=title,
        authors=wxpost.authors(element, site.authors),
        around=body.Around(files, site.links, _WIDGETS),
        standing=standing,
    )
    return made, [*left, *made.left]


def _grouped(left: tuple[str, ...]) -> list[str]:
    return [each if times == 1 else f"{each} ({times} times)" for each, times in Counter(left).items()]


def _gallery(given: shortcodes.Attributes, number: str, site: _Site, left: list[str]) -> str:
    """The pictures of a gallery: those named, or else all that were uploaded to the post; `left` gets what lacks."""
    chosen = re.findall(r"\d+", given.get("ids") or given.get("include") or "")
    left_out = set(re.findall(r"\d+", given.get("exclude", "")))
    numbers = chosen or [each for each in site.children.get(given.get("id", number), []) if each not in left_out]
    lost = sum(each not in site.pictures for each in numbers)
    left += [f"{titled.counted(lost, 'picture')} of a gallery, not in the export"] if lost else []
    shown = [site.pictures[each] for each in numbers if each in site.pictures and site.pictures[each][0]]
    return "\n\n" + "\n\n".join(_figure(*picture) for picture in shown) + "\n\n"


_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic)\Z", re.IGNORECASE)


def _figure(url: str, described: str, caption: str) -> str:
    said = f"<figcaption>{caption.strip()}</figcaption>" if caption.strip() else ""
    if not _PICTURE.search(url):
        return f'<p><a href="{escape(url)}">{escape(url.rpartition("/")[2])}</a></p>'
    return f'<figure><img src="{escape(url)}" alt="{escape(described)}">{said}</figure>'


def _digest(element: etree._Element) -> str:
    """Of all that may show: not of comments, nor of what WordPress notes when somebody opens the editor; both go."""
    for child in list(element):
        _, local = named(child)
        if local == "comment" or (local == "postmeta" and text(child, "meta_key").startswith("_edit_")):
            element.remove(child)
    return titled.digest([spelling(element)])
