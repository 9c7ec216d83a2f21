"""WordPress's export (WXR): posts and pages of both editors, with their authors, terms, dates, ids and pictures."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from lxml import etree

from tagwire.intake.exports import address, autop, body, shortcodes, titled, when, wpblocks
from tagwire.intake.exports.files import Files
from tagwire.intake.exports.xmlstream import Elements, named, raw, spelling, text
from tagwire.intake.found import Found, Item
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from tagwire.intake.bundle import Bundle
    from tagwire.intake.exports.body import Body
    from tagwire.intake.found import Asked
    from tagwire.model import When

_WIDGETS: Final = {
    "share-buttons": r"\b(?:sharedaddy|sd-sharing|addtoany|heateor|ssba)\b",
    "newsletter-form": r"\b(?:wp-block-jetpack-subscriptions|mc4wp-form|mailpoet_form)\b",
    "related-links": r"\b(?:jp-relatedposts|yarpp)\b",
}
_DEFAULT_CATEGORY = ("uncategorized", "uncategorised", "allgemein", "non-classe", "sin-categoria", "senza-categoria")
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
    pictures: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Number of an attachment → (address, description, caption)."""
    children: dict[str, list[str]] = field(default_factory=dict)
    """Number of a post → those of its attachments."""
    reusable: dict[str, str] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)


def items(bundle: Bundle, path: str, asked: Asked) -> Iterator[Item | Problem]:
    """Every post and page; the file is read twice, since a picture may be described behind its post."""
    name = bundle.names()[0]
    site = _survey(bundle, name)
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
                yield _once(_item(element, kind, site, files, asked), text(element, "post_id"), seen)
    for kind, count in sorted(site.others.items()):
        message = f"{titled.counted(count, kind)} could not be carried over"
        yield Problem(f"content/{path}", 0, 0, "not-carried-over", message, severity="warning")


def _once(item: Item, number: str, seen: set[str]) -> Item:
    """The item; if another one has its guid, which happens to posts that were copied, the number of the post tells."""
    if item.key not in seen or not isinstance(item.found, Found):
        seen.add(item.key)
        return item
    left = (*item.found.left, f"its id {item.key}, which another post has too")
    key, times = f"{item.key}#{number}", 1
    while key in seen:
        times += 1
        key = f"{item.key}#{number}-{times}"
    seen.add(key)
    return replace(item, key=key, found=replace(item.found, id="", left=left))


def _survey(bundle: Bundle, name: str) -> _Site:
    with bundle.open(name) as stream:
        link = re.search(r"<link>\s*(https?://[^<\s]+)", stream.read(1 << 16).decode("utf-8", "replace"))
    site = _Site(base=f"{link[1].rstrip('/')}/" if link else "")
    with bundle.open(name) as stream:
        for element in Elements(stream, ["item", "{*}author", "{*}base_blog_url", "{*}base_site_url"]):
            _, local = named(element)
            if local == "author":
                login = text(element, "author_login")
                site.authors[login] = text(element, "author_display_name") or login
            elif local.startswith("base_"):
                site.base = "".join(map(str, element.itertext())).strip().rstrip("/") + "/"
            else:
                _survey_item(element, site)
    return site


def _survey_item(element: etree._Element, site: _Site) -> None:
    kind, number = text(element, "post_type"), text(element, "post_id")
    if kind == "attachment":
        said = dict(_meta(element))
        shown = said.get("_wp_attachment_image_alt", "")
        site.pictures[number] = (text(element, "attachment_url"), shown, _content(element, "excerpt"))
        site.children.setdefault(text(element, "post_parent"), []).append(number)
    elif kind == "wp_block":
        site.reusable[number] = _content(element, "content")
    elif not _is_article(element, kind or "post"):
        trash = text(element, "status") in ("trash", "auto-draft")
        site.others["deleted post" if trash else _SITE_PARTS.get(kind, f"`{kind}`")] += 1


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


def _content(element: etree._Element, space: str) -> str:
    """`content:encoded` or `excerpt:encoded`, told apart by the end of their namespaces."""
    for child in element.iterchildren("{*}encoded"):
        if space in named(child)[0]:
            return "".join(str(part) for part in child.itertext())
    return ""


# ------------------------------------------------------------------ one post


def _item(element: etree._Element, kind: str, site: _Site, files: Files, asked: Asked) -> Item:
    meta = dict(_meta(element))
    link, guid = text(element, "link"), text(element, "guid")
    key = guid or f"{site.base}?p={text(element, 'post_id')}"
    made, left = _body(element, meta, site, files, asked)
    slug = unquote(text(element, "post_name"))
    slug = address.slug(f"/{slug}") if "/" in slug or "." in slug else slug  # Squarespace writes the whole path
    title, derived = titled.title(text(element, "title"), made.plain, slug)
    status, lead = text(element, "status"), site.pictures.get(meta.get("_thumbnail_id", ""), ("", "", ""))[0]
    image, attachments = files.lead(lead, made.attachments)
    protected = bool(text(element, "post_password"))
    left += _not_carried(element, kind, link, meta, made)
    if protected:
        left.append("its password: it is a draft now")
    elif status in _LEFT_STATES:
        left.append(_LEFT_STATES[status])
    old = address.alias(link, asked.site) if status in ("publish", "") else ""
    found = Found(
        title=title,
        title_derived=derived,
        authors=_authors(element, site),
        published=_published(element, asked),
        updated=None,
        lang="",
        summary=_summary(element, meta),
        tags=_terms(element),
        canonical=_canonical(meta),
        markdown=made.markdown,
        plain=made.plain,
        cuts=made.cuts,
        findings=(),
        id=titled.identity(guid),
        slug=slug,
        draft=protected or status not in ("publish", "future", "inherit", ""),
        page=kind == "page",
        aliases=(old,) if old else (),
        image=image,
        attachments=attachments,
        left=tuple(left),
    )
    return Item(key, _digest(element), found)


def _body(
    element: etree._Element, meta: dict[str, str], site: _Site, files: Files, asked: Asked
) -> tuple[Body, list[str]]:
    content = _content(element, "content")
    number = text(element, "post_id")
    left: list[str] = []
    if wpblocks.is_blocks(content):
        content, blocks = wpblocks.plain(content, site.reusable, meta.get("footnotes", ""))
        left += blocks
        expanded = shortcodes.expand(content, lambda given, _: _gallery(given, number, site))
        content = expanded.html
    else:
        expanded = shortcodes.expand(content, lambda given, _: _gallery(given, number, site))
        content = autop.paragraphs(expanded.html)
    left += _grouped(expanded.left)
    base = text(element, "link") if address.alias(text(element, "link")) else site.base
    title = titled.words(text(element, "title"))
    made = body.read(content, asked, base=base, title=title, files=files, widgets=_WIDGETS)
    return made, [*left, *made.left]


def _grouped(left: tuple[str, ...]) -> list[str]:
    return [each if times == 1 else f"{each} ({times} times)" for each, times in Counter(left).items()]


def _gallery(given: shortcodes.Attributes, number: str, site: _Site) -> str:
    """The pictures of a gallery: those named, or else all that were uploaded to the post."""
    chosen = re.findall(r"\d+", given.get("ids") or given.get("include") or "")
    left_out = set(re.findall(r"\d+", given.get("exclude", "")))
    numbers = chosen or [each for each in site.children.get(given.get("id", number), []) if each not in left_out]
    shown = [site.pictures[each] for each in numbers if each in site.pictures and site.pictures[each][0]]
    return "\n\n" + "\n\n".join(_figure(*picture) for picture in shown) + "\n\n"


_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic)\Z", re.IGNORECASE)


def _figure(url: str, described: str, caption: str) -> str:
    said = f"<figcaption>{caption.strip()}</figcaption>" if caption.strip() else ""
    if not _PICTURE.search(url):
        return f'<p><a href="{escape(url)}">{escape(url.rpartition("/")[2])}</a></p>'
    return f'<figure><img src="{escape(url)}" alt="{escape(described)}">{said}</figure>'


def _published(element: etree._Element, asked: Asked) -> When | None:
    local, utc = text(element, "post_date"), text(element, "post_date_gmt")
    return when.from_pair(local, utc) or when.parse(text(element, "pubDate")) or when.parse(local, asked.timezone)


def _authors(element: etree._Element, site: _Site) -> tuple[str, ...]:
    login = text(element, "creator")
    people = [
        titled.words(child.text or "") for child in element.iterchildren("category") if child.get("domain") == "author"
    ]
    return tuple(people) or ((site.authors.get(login, login),) if login else ())


def _terms(element: etree._Element) -> tuple[str, ...]:
    found = []
    for term in element.iterchildren("category"):
        name = titled.words(term.text or "")
        default = unquote(term.get("nicename", "")) in _DEFAULT_CATEGORY
        if name and not default and term.get("domain", "category") in ("category", "post_tag", "tag"):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _summary(element: etree._Element, meta: dict[str, str]) -> str:
    excerpt = titled.words(shortcodes.expand(_content(element, "excerpt"), lambda *_: "").html)
    names = ("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description")
    described = next((meta[name] for name in names if meta.get(name)), "")
    return excerpt or titled.words(described if "%%" not in described else "")


def _canonical(meta: dict[str, str]) -> str:
    found = meta.get("_yoast_wpseo_canonical", "").strip()
    return found if re.match(r"https?://[^\s<>\"/]+", found) else ""


def _not_carried(element: etree._Element, kind: str, link: str, meta: dict[str, str], made: Body) -> list[str]:
    left = []
    if comments := sum(1 for _ in element.iterchildren("{*}comment")):
        left.append(titled.counted(comments, "comment"))
    published = text(element, "status") == "publish"
    if published and "?" in link:
        left.append(f"the address {link}: a static site can’t answer it")
    if kind not in ("post", "page"):
        left.append(f"its type `{kind}`: it is an article now")
    if text(element, "is_sticky") == "1":
        left.append("that it was sticky")
    for term in element.iterchildren("category"):
        domain = term.get("domain", "category")
        if domain not in ("category", "post_tag", "tag", "author"):
            left.append(f"{domain} “{titled.words(term.text or '')}”")
    enclosure = meta.get("enclosure", "").partition("\n")[0].strip()
    if enclosure and enclosure not in made.markdown:
        left.append(f"enclosure {enclosure}")
    return left


def _digest(element: etree._Element) -> str:
    """Of all that may show: not of comments, nor of what WordPress notes when somebody opens the editor."""
    for child in list(element):
        _, local = named(child)
        if local == "comment" or (local == "postmeta" and text(child, "meta_key").startswith("_edit_")):
            element.remove(child)
    return titled.digest([spelling(element)])
