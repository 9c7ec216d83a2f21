"""Rules of RSS 2.0 alone, and of the RSS Advisory Board's profile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagwire.lint.rules import RSS_ONLY, rule
from tagwire.lint.shape import ATOM, CONTENT, DC, children, elements, line_of, local, spelt, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from tagwire.lint.rules import Finding
    from tagwire.lint.shape import Feed

_EMAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+")
_NAMED_EMAIL = re.compile(rf"{_EMAIL.pattern} \([^()]+\)")
_VERSIONS = {"0.90", "0.91", "0.92", "0.93", "0.94", "2.0", "2.0.1"}


def channels(feed: Feed) -> list[etree._Element]:
    """The channel, if there is one."""
    return feed.xml.findall("channel")[:1]


def items(feed: Feed) -> Iterator[etree._Element]:
    """The items of the channel."""
    for channel in channels(feed):
        yield from channel.findall("item")


@rule("rss-version", "error", "RSS 2.0, rss element", kinds=RSS_ONLY, hint='write <rss version="2.0">')
def version(feed: Feed) -> Iterator[Finding]:
    """Readers choose their rules by the version; without one some refuse the file."""
    found = feed.xml.get("version")
    if found not in _VERSIONS:
        yield line_of(feed.xml), f"the version is `{found}`" if found else "the version is missing"


@rule("rss-channel", "error", "RSS 2.0, channel", kinds=RSS_ONLY, hint="put everything into one <channel> below <rss>")
def channel(feed: Feed) -> Iterator[Finding]:
    """Without exactly one channel there is nothing to subscribe to."""
    found = feed.xml.findall("channel")
    if len(found) != 1:
        yield line_of(feed.xml), f"there are {len(found)} channels" if found else "there is no channel"


def _absent(feed: Feed, name: str) -> Iterator[Finding]:
    for found in channels(feed):
        if found.find(name) is None:
            yield line_of(found), f"the channel has no `{name}`"


@rule("rss-title", "error", "RSS 2.0, channel title; W3C MissingTitle", kinds=RSS_ONLY, hint="name the feed in `title`")
def title(feed: Feed) -> Iterator[Finding]:
    """A feed without a title is a bare address in the list of a subscriber."""
    yield from _absent(feed, "title")


@rule(
    "rss-link",
    "error",
    "RSS 2.0, channel link; W3C MissingLink",
    kinds=RSS_ONLY,
    hint="give the address of the web page that the feed is about",
)
def link(feed: Feed) -> Iterator[Finding]:
    """Subscribers can't get from the feed to its site, and readers find no icon."""
    yield from _absent(feed, "link")


@rule(
    "rss-description",
    "error",
    "RSS 2.0, channel description; W3C MissingDescription",
    kinds=RSS_ONLY,
    hint="say in a sentence what the feed is about; the title will do",
)
def description(feed: Feed) -> Iterator[Finding]:
    """The specification demands one, and strict readers refuse a feed without it."""
    yield from _absent(feed, "description")


@rule(
    "rss-item-empty",
    "error",
    "RSS 2.0, item; W3C ItemMustContainTitleOrDescription",
    kinds=RSS_ONLY,
    hint="give the item a `title` or a `description`",
)
def item_empty(feed: Feed) -> Iterator[Finding]:
    """Subscribers see an empty line."""
    for item in items(feed):
        if item.find("title") is None and item.find("description") is None:
            yield line_of(item), "the item has neither a title nor a description"


@rule(
    "rss-guid-missing",
    "warning",
    "RSS Advisory Board profile, guid; W3C MissingGuid",
    kinds=RSS_ONLY,
    hint="give each item a `guid` that never changes",
)
def guid_missing(feed: Feed) -> Iterator[Finding]:
    """Without a guid readers compare links and titles: a mended title brings the item again, as unread."""
    for item in items(feed):
        if item.find("guid") is None and feed.xml.get("version", "").startswith("2"):
            yield line_of(item), "the item has no `guid`"


@rule(
    "rss-guid-permalink",
    "error",
    "RSS 2.0, guid; W3C InvalidHttpGUID, InvalidPermalink",
    kinds=RSS_ONLY,
    hint='write <guid isPermaLink="false">, or an address that opens the article',
)
def guid_permalink(feed: Feed) -> Iterator[Finding]:
    """A guid is taken for the address of the article unless it says no: this one opens nothing."""
    for item in items(feed):
        for guid in item.findall("guid"):
            allowed = guid.get("isPermaLink", "true")
            if allowed not in {"true", "false"}:
                yield line_of(guid), f"`isPermaLink` is `{allowed}`: `true` or `false` is wanted"
            elif allowed == "true" and not re.match(r"https?://[^/]", text_of(guid)):
                yield line_of(guid), f"`{text_of(guid)}` is no web address, and isPermaLink isn't `false`"


@rule(
    "rss-author-email",
    "error",
    "RSS 2.0, author, managingEditor, webMaster; W3C InvalidContact, EmailFormat",
    kinds=RSS_ONLY,
    hint="write `jane@news.test (Jane Roe)`, or the bare name in `dc:creator`",
)
def author_email(feed: Feed) -> Iterator[Finding]:
    """RSS wants an e-mail address with a name in brackets: readers show the wrong half, or nothing."""
    for above in [*channels(feed), *items(feed)]:
        for name in ("author", "managingEditor", "webMaster"):
            for person in above.findall(name):
                value = text_of(person).removeprefix("mailto:")
                if not _NAMED_EMAIL.fullmatch(value) and not _EMAIL.fullmatch(value):
                    yield line_of(person), f"`{name}` is `{value}`"


_SAME = {
    f"{{{DC}}}creator": "author",
    f"{{{DC}}}date": "pubDate",
    f"{{{DC}}}subject": "category",
    f"{{{DC}}}language": "language",
    f"{{{DC}}}rights": "copyright",
    f"{{{ATOM}}}summary": "description",
    f"{{{ATOM}}}title": "title",
    f"{{{ATOM}}}id": "guid",
}


@rule(
    "rss-said-twice",
    "warning",
    "W3C DuplicateSemantics, DuplicateItemSemantics; RSS Advisory Board profile, author",
    kinds=RSS_ONLY,
    hint="keep one of both; for a name without e-mail `dc:creator`",
)
def said_twice(feed: Feed) -> Iterator[Finding]:
    """Readers take one or the other, or show both: an author appears twice, a date is that which you didn't mean."""
    for above in [*channels(feed), *items(feed)]:
        for element in elements(above):
            same = _SAME.get(str(element.tag))
            if same == "author" and local(above) == "channel":
                same = "managingEditor"
            if same and above.find(same) is not None:
                yield line_of(element), f"`{spelt(element)}` says what `{same}` says"


@rule(
    "rss-description-last",
    "warning",
    "RSS Advisory Board profile, content:encoded; W3C NeedDescriptionBeforeContent",
    kinds=RSS_ONLY,
    hint="write `description` before `content:encoded`",
)
def description_last(feed: Feed) -> Iterator[Finding]:
    """Some readers show whichever comes last, so subscribers get the summary in place of the text; some want both."""
    for item in items(feed):
        tags = [str(element.tag) for element in elements(item)]
        content = f"{{{CONTENT}}}encoded"
        if content in tags and "description" not in tags:
            yield line_of(item), "there is `content:encoded`, but no `description`"
        elif content in tags and tags.index(content) < tags.index("description"):
            yield line_of(item), "`description` comes after `content:encoded`"


@rule(
    "rss-image",
    "error",
    "RSS 2.0, image; W3C MissingElement",
    kinds=RSS_ONLY,
    hint="give the image `url`, `title` and `link`",
)
def image(feed: Feed) -> Iterator[Finding]:
    """An image that isn't complete is not shown."""
    for found in channels(feed):
        for picture in found.findall("image"):
            lacking = [name for name in ("url", "title", "link") if picture.find(name) is None]
            if lacking:
                yield line_of(picture), f"the image has no {' and no '.join(f'`{name}`' for name in lacking)}"


@rule(
    "rss-image-differs",
    "warning",
    "RSS Advisory Board profile, image; W3C ImageTitleDoesntMatch, ImageLinkDoesntMatch",
    kinds=RSS_ONLY,
    hint="let the image's title and link be those of the channel",
)
def image_differs(feed: Feed) -> Iterator[Finding]:
    """Readers show the image in place of the title, so it should say and open the same."""
    for found in channels(feed):
        for name in ("title", "link"):
            mine = found.find(name)
            for other in children(found.find("image"), name):
                if mine is not None and text_of(other) != text_of(mine):
                    yield line_of(other), f"the image's `{name}` is `{text_of(other)}`, the channel's `{text_of(mine)}`"


@rule(
    "rss-image-form",
    "error",
    "RSS 2.0, image; W3C InvalidWidth, InvalidHeight, ImageUrlFormat",
    kinds=RSS_ONLY,
    hint="take a GIF, JPEG or PNG, up to 144 wide and 400 high",
)
def image_form(feed: Feed) -> Iterator[Finding]:
    """RSS knows three kinds of pictures and a largest size: readers needn't show others."""
    for picture in feed.xml.iterfind("channel/image"):
        for name, most in (("width", 144), ("height", 400)):
            for size in picture.findall(name):
                if not (text_of(size).isascii() and text_of(size).isdecimal() and 0 < int(text_of(size)) <= most):
                    yield line_of(size), f"`{name}` is `{text_of(size)}`"
        for url in picture.findall("url"):
            if re.search(r"\.(?:svg|webp|avif|ico|bmp|tiff?)(?:\?|\Z)", text_of(url), re.IGNORECASE):
                yield line_of(url), f"the picture is `{text_of(url)}`"


@rule(
    "rss-number",
    "error",
    "RSS 2.0, ttl, skipHours, skipDays, cloud; W3C InvalidPositiveInteger, InvalidHour, InvalidDay",
    kinds=RSS_ONLY,
    hint="write whole numbers: minutes in `ttl`, 0 to 23 in `hour`; days in English",
)
def number(feed: Feed) -> Iterator[Finding]:
    """Readers that can't read how often to come ask in their own rhythm, too often or too rarely."""
    days = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
    for found in channels(feed):
        for element in [*found.findall("ttl"), *found.findall("skipHours/hour"), *found.findall("skipDays/day")]:
            value, name = text_of(element), local(element)
            good = value in days if name == "day" else value.isdecimal() and value.isascii()
            if not good or (name == "hour" and int(value) > 24) or (name == "ttl" and int(value) == 0):
                yield line_of(element), f"`{name}` is `{value}`"
        for cloud in found.findall("cloud"):
            if not {"domain", "port", "path", "registerProcedure", "protocol"} <= set(cloud.attrib):
                yield line_of(cloud), "`cloud` lacks one of domain, port, path, registerProcedure, protocol"
