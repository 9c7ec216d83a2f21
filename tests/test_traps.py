"""What goes wrong where feedgen is used as its documentation shows, and that `lint` names it: feedgen's own bytes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from feedgen.feed import FeedGenerator

from tagwire import lint

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = dt.datetime.now(tz=dt.UTC)


def feed(*extensions: str) -> Any:
    """The beginning of every example; its dates are set, so that only what a test does is wrong."""
    made = FeedGenerator()
    for name in extensions:
        made.load_extension(name)
    made.id("urn:example:harbour")
    made.title("Harbour")
    made.description("News of the harbour")
    made.language("en")
    made.author(name="The Desk")
    made.link(href="https://quay.test/rss.xml", rel="self")
    made.link(href="https://quay.test/", rel="alternate")
    made.updated(dt.datetime(2026, 1, 3, tzinfo=dt.UTC))
    return made


def entry(made: Any, name: str, day: int, order: str = "append") -> Any:
    """One more entry."""
    one = made.add_entry(order=order)
    one.id(f"urn:example:{name}")
    one.title(name.title())
    one.link(href=f"https://quay.test/{name}/")
    one.content(f"<p>{name} in full.</p>", type="html")
    one.published(dt.datetime(2026, 1, day, tzinfo=dt.UTC))
    one.updated(dt.datetime(2026, 1, day, tzinfo=dt.UTC))
    return one


def codes(data: bytes, path: str = "rss.xml") -> set[str]:
    """The rules that these bytes break."""
    return {problem.code for problem in lint.judge(data, path, now=NOW)}


def atom(made: Any) -> set[str]:
    """What is wrong with its Atom feed; what RSS and Atom share as self link is of this test's making."""
    return codes(made.atom_str(pretty=True)) - {"self-type"}


def rss(made: Any) -> set[str]:
    """What is wrong with its RSS feed."""
    return codes(made.rss_str(pretty=True))


def enclosure() -> set[str]:
    """Links of entries lose `rel`, `type` and `length` (python-feedgen#135)."""
    made = feed()
    entry(made, "cranes", 3).link(href="https://quay.test/c.mp3", rel="enclosure", type="audio/mpeg", length="5")
    return atom(made)


def last_is_self() -> set[str]:
    """The RSS link is the last link that was added: the feed itself."""
    made = feed()
    made.link(href="https://quay.test/rss.xml", rel="self")
    entry(made, "cranes", 3)
    return rss(made)


def last_is_hub() -> set[str]:
    """The hub, whoever runs it; `rel=hub` itself reaches no RSS."""
    made = feed()
    made.link(href="https://hub.relay.test/", rel="hub")
    entry(made, "cranes", 3)
    return rss(made)


def last_is_next() -> set[str]:
    """The next page of the feed."""
    made = feed()
    made.link(href="https://quay.test/rss.xml?page=2", rel="next")
    entry(made, "cranes", 3)
    return rss(made)


def built_now() -> set[str]:
    """The feed is dated by the clock, unless its date is set."""
    made = FeedGenerator()
    made.id("urn:example:harbour")
    made.title("Harbour")
    made.author(name="The Desk")
    made.link(href="https://quay.test/", rel="alternate")
    entry(made, "cranes", 3)
    return atom(made)


def built_now_in_rss() -> set[str]:
    """`lastBuildDate` too."""
    made = FeedGenerator()
    made.title("Harbour")
    made.description("News")
    made.link(href="https://quay.test/", rel="alternate")
    entry(made, "cranes", 3)
    return rss(made)


def entries_now() -> set[str]:
    """Each entry as well, within the same milliseconds."""
    made = feed()
    for name in ("cranes", "gulls"):
        one = made.add_entry(order="append")
        one.id(f"urn:example:{name}")
        one.title(name)
        one.link(href=f"https://quay.test/{name}/")
    return atom(made)


def prepended() -> set[str]:
    """`add_entry` puts each entry before those that are there (python-feedgen#55): newest first becomes oldest."""
    made = feed()
    for name, day in (("gulls", 3), ("cranes", 2)):
        entry(made, name, day, order="prepend")
    return rss(made)


def cdata() -> set[str]:
    """`type="CDATA"` is what Atom gets."""
    made = feed()
    entry(made, "cranes", 3).content("<p>Text</p>", type="CDATA")
    return atom(made)


def typeless() -> set[str]:
    """Content without a type has none in Atom, where that means plain text."""
    made = feed()
    one = entry(made, "cranes", 3)
    one.content("<p>Text</p>", type=None)
    return atom(made)


def titled() -> set[str]:
    """A title has no type: markup in it is shown."""
    made = feed()
    entry(made, "cranes", 3).title("<b>Cranes</b>")
    return atom(made) & rss(made)


def relative() -> set[str]:
    """There is no `xml:base`, and nothing makes addresses whole."""
    made = feed()
    entry(made, "cranes", 3).content('<p><a href="/x">This</a></p>', type="html")
    return atom(made) & rss(made)


def permalink() -> set[str]:
    """`guid(…, permalink=True)` for what is no address."""
    made = feed()
    entry(made, "cranes", 3).guid("cranes", permalink=True)
    return rss(made)


def bare_id() -> set[str]:
    """`id` takes any text, and Atom wants an IRI."""
    made = feed()
    entry(made, "cranes", 3).id("cranes")
    return atom(made)


def period() -> set[str]:
    """`sy:UpdatePeriod`: a wrong letter."""
    made = feed("syndication")
    made.syndication.update_period("hourly")
    entry(made, "cranes", 3)
    return rss(made)


def frequency() -> set[str]:
    """Only the frequency is set, and the period is `None`."""
    made = feed("syndication")
    made.syndication.update_frequency(2)
    entry(made, "cranes", 3)
    return rss(made)


def episode(made: Any) -> None:
    """An entry with a recording."""
    entry(made, "cranes", 3).enclosure("https://quay.test/c.mp3", 5, "audio/mpeg")


def show() -> set[str]:
    """A podcast from the example in the documentation: a category, and nothing else that directories ask for."""
    made = feed("podcast")
    made.podcast.itunes_category("Technology", "Podcasting")
    episode(made)
    return rss(made)


def sizeless() -> set[str]:
    """An enclosure takes 0 as its length without a word."""
    made = feed("podcast")
    made.podcast.itunes_category("Technology")
    entry(made, "cranes", 3).enclosure("https://quay.test/c.mp3", 0, "audio/mpeg")
    return rss(made)


def canonical() -> set[str]:
    """An id that is an address without its slash."""
    made = feed()
    made.id("https://quay.test")
    entry(made, "cranes", 3)
    return atom(made)


TRAPS: list[tuple[Callable[[], set[str]], set[str]]] = [
    (enclosure, {"atom-link-repeated"}),
    (last_is_self, {"home-is-feed"}),
    (last_is_hub, {"home-elsewhere"}),
    (last_is_next, {"home-is-feed"}),
    (built_now, {"date-feed-built", "self-missing"}),
    (built_now_in_rss, {"date-feed-built", "self-missing"}),
    (entries_now, {"entry-built"}),
    (prepended, {"entry-order"}),
    (cdata, {"atom-type"}),
    (typeless, {"content-undeclared"}),
    (titled, {"text-markup"}),
    (relative, {"content-relative-url"}),
    (permalink, {"rss-guid-permalink"}),
    (bare_id, {"atom-id-invalid"}),
    (period, {"syndication-invalid"}),
    (frequency, {"syndication-invalid"}),
    (show, {"podcast-category", "podcast-channel", "podcast-owner", "podcast-author"}),
    (sizeless, {"podcast-recording"}),
    (canonical, {"url-not-canonical"}),
]


@pytest.mark.parametrize(("trap", "found"), TRAPS, ids=[trap.__name__ for trap, _ in TRAPS])
def test_the_trap_is_named(trap: Callable[[], set[str]], found: set[str]) -> None:
    """Whatever else these feeds lack."""
    assert trap() >= found


def test_without_a_trap_nothing_is_named() -> None:
    """The beginning that all examples share is clean, so that what is found is what they did."""
    made = feed()
    for name, day in (("gulls", 3), ("cranes", 2)):
        entry(made, name, day)
    assert rss(made) == set()
    assert atom(made) == set()


def test_authors_without_email_vanish_from_rss() -> None:
    """Only beside the Atom feed does one see it."""
    made = feed()
    entry(made, "cranes", 3).author(name="Jane Roe")
    files = {"atom.xml": made.atom_str().replace(b"rss.xml", b"atom.xml"), "rss.xml": made.rss_str()}
    sketches = [lint.read(data, path)[1] for path, data in files.items()]
    problems = lint.compare([each for each in sketches if each], None)
    assert "entry-author-lost" in {problem.code for problem in problems}


@pytest.mark.parametrize(
    ("kind", "text"),
    [("html", "A \x0b sign"), ("xhtml", "A&nbsp;space")],
    ids=["control-character", "entity"],
)
def test_one_character_loses_the_whole_feed(kind: str, text: str) -> None:
    """feedgen raises while it writes; who catches that leaves an empty file, which is named."""
    made = feed()
    entry(made, "cranes", 3).content(text, type=kind)
    with pytest.raises(Exception, match=r"XML|nbsp"):
        made.atom_str()
    assert codes(b"") == {"feed-empty"}


def test_what_feedgen_refuses() -> None:
    """A blank title, and `true` for itunes:explicit: what is left out for that reason is named."""
    made = feed()
    made.add_entry(order="append").id("urn:example:untitled")
    with pytest.raises(ValueError, match="Required fields"):
        made.atom_str()
    shown = feed("podcast")
    with pytest.raises(ValueError, match="explicit"):
        shown.podcast.itunes_explicit("true")
    episode(shown)
    shown.podcast.itunes_author("The Desk")
    assert "podcast-channel" in rss(shown)
