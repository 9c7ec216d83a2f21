"""Rules about addresses: the feed's own, its entries', its pictures'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tagwire.lint.rules import ALL, FEEDS, RSS_ATOM, rule
from tagwire.lint.shape import ATOM, children, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.lint.rules import Finding
    from tagwire.lint.shape import Feed

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_BAD = re.compile(r"[\x00-\x20<>\"{}|\\^`]|%(?![0-9A-Fa-f]{2})")
_BAD_ENDS = "[]"
_FEED_FILE = re.compile(r"(?:\.(?:xml|rss|atom|rdf)|/feed\.json|/(?:feed|rss|atom)/?)\Z", re.IGNORECASE)
_HUBS = {"pubsubhubbub.appspot.com", "pubsubhubbub.superfeedr.com", "websubhub.com", "switchboard.p3k.io"}
_NOWHERE = re.compile(
    r"(?:.*\.)?(?:example\.(?:com|net|org)|invalid|localhost|local)|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|"
    r"(?:www\.)?(?:your-?(?:site|domain|website)|mysite)\.\w+",
    re.IGNORECASE,
)


def host(url: str) -> str:
    """The host of an address, in small letters; empty if it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def relative(url: str) -> bool:
    """Whether an address leaves out where it begins."""
    return not _SCHEME.match(url)


@rule(
    "url-relative",
    "error",
    "RSS 2.0; JSON Feed 1.1; W3C InvalidLink, InvalidFullLink, RelativeSelf",
    hint="write the whole address, with https:// and host",
)
def not_absolute(feed: Feed) -> Iterator[Finding]:
    """A reader knows no page that a relative address could belong to: the link leads nowhere."""
    for url in feed.all_urls():
        if url.text and relative(url.text):
            yield url.line, f"`{url.name}` is `{url.text}`"


@rule(
    "url-not-ascii",
    "error",
    "RSS 2.0 (RFC 3986); JSON Feed 1.1; W3C UriNotIri, InvalidLink",
    kinds=("rss", "json", "opml"),
    hint="percent-encode the path, and write the host in Punycode",
)
def not_ascii(feed: Feed) -> Iterator[Finding]:
    """Only Atom allows letters outside ASCII in an address; elsewhere readers may fetch a wrong one."""
    for url in feed.all_urls():
        if not url.text.isascii():
            yield url.line, f"`{url.name}` is `{url.text}`"


@rule(
    "feed-url-invalid",
    "error",
    "RFC 3986; RFC 3987; W3C InvalidLink, InvalidUriChar",
    hint="percent-encode what can't stand in an address, such as a space: %20",
)
def invalid(feed: Feed) -> Iterator[Finding]:
    """Readers cut such an address at the first wrong character, or refuse it: the link leads elsewhere."""
    for url in feed.all_urls():
        scheme = url.text.partition(":")[0].lower()
        hostless = scheme in {"http", "https"} and not host(url.text)
        if _BAD.search(url.text) or hostless or any(sign in _tail(url.text) for sign in _BAD_ENDS):
            yield url.line, f"`{url.name}` is `{url.text}`"


def _tail(url: str) -> str:
    """What follows the host, which may hold brackets (IPv6)."""
    return url.partition("://")[2].partition("/")[2]


@rule(
    "url-not-canonical",
    "warning",
    "RFC 3986 section 6.2; RFC 4287 section 4.2.6.1; W3C NonCanonicalURI",
    kinds=FEEDS,
    hint="write scheme and host in small letters, no :80 or :443, and a slash after the host",
)
def not_canonical(feed: Feed) -> Iterator[Finding]:
    """Two spellings of one address are two addresses to many readers, which then hold two feeds or two entries."""
    ids = [entry.id for entry in feed.entries] if feed.kind == "atom" else []
    for url in [feed.id, feed.home, feed.me, *ids]:
        if (
            url
            and url.text.lower().startswith(("http://", "https://"))
            and (better := _canonical(url.text)) != url.text
        ):
            yield url.line, f"`{url.name}` is `{url.text}`; its usual form is `{better}`"


def _canonical(url: str) -> str:
    scheme, _, rest = url.partition("://")
    cut = min((at for at in map(rest.find, "/?#") if at >= 0), default=len(rest))
    authority, tail = rest[:cut].lower(), rest[cut:]
    port = {"http": ":80", "https": ":443"}.get(scheme.lower(), "")
    authority = authority.removesuffix(port) if port else authority
    return f"{scheme.lower()}://{authority}{tail if tail.startswith('/') else f'/{tail}'}"


@rule(
    "url-placeholder",
    "warning",
    "RFC 2606; BlogMore's fallback",
    hint="set the site's own address where the feed is made",
)
def placeholder(feed: Feed) -> Iterator[Finding]:
    """The address is one of documentation or of this machine: every link of the feed leads nowhere."""
    links = [entry.link for entry in feed.entries]
    for url in [feed.home, feed.me, *links, *(feed.urls if feed.kind == "opml" else ())]:
        if url and _NOWHERE.fullmatch(host(url.text)):
            yield url.line, f"`{url.name}` is `{url.text}`"
            return


@rule(
    "self-missing",
    "warning",
    "RSS Advisory Board profile; RFC 4287 section 4.1.1; JSON Feed 1.1; W3C MissingSelf, MissingAtomSelfLink",
    kinds=FEEDS,
    hint="say where the feed lives: atom:link rel=self, or feed_url",
)
def self_missing(feed: Feed) -> Iterator[Finding]:
    """A feed that doesn't say where it lives can't be followed from a saved file, and copies of it stay apart."""
    old = feed.kind == "rss" and not feed.xml.get("version", "").startswith("2")
    if feed.me is None and not old:
        yield 1, "the feed doesn't say where it lives"


@rule(
    "self-type",
    "warning",
    "W3C SelfNotAtom; RSS Advisory Board profile, atom:link",
    kinds=RSS_ATOM,
    hint='write type="application/rss+xml" in RSS, type="application/atom+xml" in Atom',
)
def self_type(feed: Feed) -> Iterator[Finding]:
    """The self link announces another format than the one that is delivered, and readers may not follow it."""
    above = feed.xml if feed.kind == "atom" else feed.xml.find("channel")
    wanted = f"application/{feed.kind}+xml"
    for link in children(above, f"{{{ATOM}}}link"):
        kind = link.get("type", wanted).partition(";")[0].strip()
        if link.get("rel") == "self" and kind not in {wanted, "application/xml", "text/xml"}:
            yield line_of(link), f"the self link has the type `{kind}`"


@rule(
    "home-is-feed",
    "error",
    "RSS 2.0 channel link; feedgen: the last link() wins",
    kinds=FEEDS,
    hint="let it lead to the web page that the feed is about",
)
def home_is_feed(feed: Feed) -> Iterator[Finding]:
    """The link to the site leads to a feed or a hub, so subscribers who click on the title see XML."""
    if feed.home is None:
        return
    target = feed.home.text
    path = target.partition("?")[0].partition("#")[0]
    if (feed.me and target == feed.me.text) or host(target) in _HUBS or _FEED_FILE.search(path):
        yield feed.home.line, f"`{feed.home.name}` is `{target}`, which is no web page"


@rule(
    "home-elsewhere",
    "warning",
    "RSS 2.0 channel link; feedgen: the last link() wins, be it the hub",
    kinds=FEEDS,
    hint="let it lead to the web page that the feed is about",
)
def home_elsewhere(feed: Feed) -> Iterator[Finding]:
    """Subscribers who click on the title of the feed land on a stranger's site."""
    if feed.home is None or feed.me is None or _NOWHERE.fullmatch(host(feed.home.text)):
        return
    hosts = {host(entry.link.text) for entry in feed.entries if entry.link}
    known = {"", *_HUBS, *hosts}  # which other rules tell of
    if hosts == {host(feed.me.text)} and (mine := host(feed.home.text)) not in known:
        (others,) = hosts
        if _name(mine) != _name(others):
            yield feed.home.line, f"`{feed.home.name}` is `{feed.home.text}`, and all else is at {others}"


def _name(domain: str) -> str:
    """`quay` of feeds.quay.test."""
    return domain.rpartition(".")[0].rpartition(".")[2]


@rule(
    "entry-link-missing",
    "warning",
    "RSS Advisory Board profile, item link; W3C MissingLink",
    kinds=FEEDS,
    hint="give each entry the address of its page",
)
def entry_link_missing(feed: Feed) -> Iterator[Finding]:
    """Without a link subscribers can't open the article, share it, or see its comments."""
    for entry in feed.entries:
        empty = feed.kind == "atom" and entry.content is None  # which is an error of its own
        if not empty and (entry.link is None or not entry.link.text):
            yield entry.line, "the entry has no link to a page"


@rule(
    "entry-error-page",
    "warning",
    "manwar/theweeklychallenge#96: Hugo's home feed",
    kinds=FEEDS,
    hint="leave pages that are no articles out of the feed",
)
def entry_error_page(feed: Feed) -> Iterator[Finding]:
    """Subscribers get the error page of the site as news."""
    for entry in feed.entries:
        if entry.link and re.search(r"/40[34](?:\.html?)?/?\Z", entry.link.text):
            yield entry.link.line, f"the entry leads to `{entry.link.text}`"


@rule(
    "language-invalid",
    "error",
    "RFC 5646; RSS 2.0 language; W3C InvalidLanguage",
    kinds=ALL,
    hint="write a tag such as en, en-GB or pt-BR",
)
def language(feed: Feed) -> Iterator[Finding]:
    """Readers choose voice, hyphens and direction by the language; with a wrong one they choose wrongly."""
    for found in feed.languages:
        if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*|[ix]-[A-Za-z0-9-]+|unknown", found.text):
            yield found.line, f"`{found.name}` is `{found.text}`"
