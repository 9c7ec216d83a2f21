"""What a usual feed says of itself, as the text that feedgen and lxml would make of it.

To load these two takes longer than the edit of a text else does. Whatever this can't say is left to them (`xml`): a
podcast, a value that is missing, a character that lxml would write in a way of its own. A law compares the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagwire.feeds import plainentry
from tagwire.feeds.look import NAMESPACES, links, opening, picture, spelt_out
from tagwire.feeds.plainentry import author, escape, is_unusual, quoted, timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tagwire.model import Feed

_SPACES = "".join(f' xmlns:{name}="{uri}"' for name, uri in NAMESPACES.items())
_ATOM = "http://www.w3.org/2005/Atom"
_RSS_SPACES = f'{_SPACES} xmlns:atom="{_ATOM}" xmlns:content="http://purl.org/rss/1.0/modules/content/"'


def render(feed: Feed, texts: Sequence[str]) -> bytes | None:
    """The file of `feed`, whose entries say `texts`; None where feedgen must write something of it."""
    if not _is_plain(feed):
        return None
    entries = plainentry.entries(feed, texts)
    if entries is None:
        return None
    begin = "".join(_atom(feed) if feed.kind == "atom" else _rss(feed))
    end = b"</feed>\n" if feed.kind == "atom" else b"  </channel>\n</rss>\n"
    if is_unusual(begin, begin.encode(errors="surrogatepass")):
        return None
    return b"".join([opening(feed), spelt_out(feed, begin.encode()), *entries, end])


def _is_plain(feed: Feed) -> bool:
    quoted_ones = [feed.lang, feed.url, feed.home, feed.hub, feed.current, feed.previous]
    there = feed.id and feed.title and feed.lang and feed.home and feed.url
    return bool(there) and not feed.show and not any("\n" in text or "\t" in text for text in quoted_ones)


def _atom(feed: Feed) -> Iterator[str]:
    yield f'<feed{_SPACES} xmlns="{_ATOM}" xml:lang="{quoted(feed.lang)}">\n'
    yield f"  <id>{escape(feed.id)}</id>\n  <title>{escape(feed.title)}</title>\n"
    yield f"  <updated>{feed.updated.isoformat()}</updated>\n  <generator>Tagwire</generator>\n"
    for name, text in (("rights", feed.copyright), ("subtitle", feed.subtitle)):
        yield f"  <{name}>{escape(text)}</{name}>\n" if text else ""
    for each in links(feed):
        yield f"  <link{_link(*each)}/>\n"
    yield author(feed.author, "  ")
    for name, url in (("icon", feed.icon), ("logo", feed.logo)):
        yield f"  <{name}>{escape(url)}</{name}>\n" if url else ""
    if feed.complete or feed.previous:
        yield _history(feed, "  ")


def _rss(feed: Feed) -> Iterator[str]:
    yield f'<rss{_RSS_SPACES} version="2.0">\n  <channel>\n    <title>{escape(feed.title)}</title>\n'
    yield f"    <link>{escape(feed.home)}</link>\n"
    yield f"    <description>{escape(feed.subtitle or feed.title)}</description>\n"
    yield f"    <copyright>{escape(feed.copyright)}</copyright>\n" if feed.copyright else ""
    yield f"    <generator>Tagwire</generator>\n    <language>{escape(feed.lang)}</language>\n"
    yield f"    <ttl>{feed.ttl}</ttl>\n" if feed.ttl else ""
    for each in links(feed):
        yield f"    <atom:link{_link(*each)}/>\n" if each[0] != "alternate" else ""
    yield f"    <lastBuildDate>{timestamp(feed.updated)}</lastBuildDate>\n"
    yield f"    <dc:creator>{escape(feed.author.name)}</dc:creator>\n" if feed.author.name else ""
    if url := picture(feed):
        yield f"    <image>\n      <url>{escape(url)}</url>\n      <title>{escape(feed.title)}</title>\n"
        yield f"      <link>{escape(feed.home)}</link>\n    </image>\n"
    yield _history(feed, "    ")


def _link(rel: str, url: str, kind: str) -> str:
    return f' rel="{rel}" href="{quoted(url)}"' + (f' type="{kind}"' if kind else "")


def _history(feed: Feed, indent: str) -> str:
    """RFC 5005 sections 2 and 4."""
    name = "complete" if feed.complete else "archive"
    return f"{indent}<fh:{name}/>\n" if feed.complete or feed.current else ""
