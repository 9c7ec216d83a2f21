"""Decisions about the whole site: what stands where, which entries a feed has, what collides."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwire import plan
from tagwire.model import Article, Clock, Config, File, Head, Text, When
from tagwire.plan import catalogue, channels, checks, due, files, identity, outline, related, routes
from tagwire.plan.bodies import Bodies, Sealed

CONFIG = Config(title="T", url="https://t.example/news/")
START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
LATER = Clock(START.replace(year=2030))


def head(name: str, **changes: Any) -> Head:
    """The head of an article, with changes."""
    plain: dict[str, Any] = {
        "path": f"content/articles/{name}.md", "address": f"articles/{name}/", "title": name, "summary": "",
        "lang": "en", "draft": False, "noindex": False, "canonical": "", "aliases": (), "image": "", "translations": (),
        "extra": "{}",
        "places": (), "id": "", "published": When(START, timed=False), "date_source": "",
        "updated": When(START, timed=False),
        "authors": (), "tags": (), "feed": True, "expires": None, "series": "", "corrections": (),
        "retracted": None, "source": None,
    }  # fmt: skip
    return Head(**{**plain, **changes})


def article(name: str, **changes: Any) -> Article:
    """An article without a body, with changes of its head."""
    imprint = changes.pop("imprint", "")
    return Article(head(name, **changes), "00", False, (), (), (), 0, (), 10, imprint)


def posts(*articles: Article, config: Config = CONFIG) -> tuple[catalogue.Post, ...]:
    """The posts that these articles give."""
    return catalogue.gather([each.meta for each in articles], routes.Routes(config, {}), LATER).posts


ROUTES = routes.Routes(
    CONFIG,
    {
        "content/articles/a.md": "articles/a/",
        "content/articles/2026/b.md": "articles/b/",
        "content/articles/2026/pic one.jpg": "articles/2026/pic one.jpg",
        "content/pages/guide/index.md": "guide/",
    },
)
B = head("b", path="content/articles/2026/b.md")


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("../a.md", ("articles/a/", "")),
        ("../a.md#part", ("articles/a/", "#part")),
        ("../../pages/guide/index.md?x=1#y", ("guide/", "?x=1#y")),
        ("/articles/a.md", ("articles/a/", "")),
        ("pic%20one.jpg", ("articles/2026/pic one.jpg", "")),
        ("/tags/iran/", ("tags/iran/", "")),
        ("/", ("", "")),
        ("../c/", ("articles/c/", "")),
        ("../../tags/iran/", ("tags/iran/", "")),
        ("../../../../../etc/passwd", ("etc/passwd", "")),
        ("x.pdf", ("articles/b/x.pdf", "")),
        ("missing.md", ("articles/b/missing.md", "")),
        ("#part", None),
        ("?q=1", None),
        ("", None),
        ("https://x.example/a.md", None),
        ("//x.example/", None),
        ("mailto:a@b.example", None),
        ("javascript:alert(1)", None),
    ],
)
def test_a_link_means_what_its_owner_meant(link: str, expected: tuple[str, str] | None) -> None:
    """A Markdown file, a file beside, the site's root, or a path from the page: in this order; never above the root."""
    assert ROUTES.target(link, B) == expected


def test_links_are_relative_in_pages_and_absolute_in_feeds() -> None:
    """From one list of links."""
    links = ("../a.md", "/", "#x", "//cdn.example/x", "https://y.example/")
    base = "https://t.example/news/"
    assert ROUTES.resolve(links, B, for_feed=False) == (
        "../../articles/a/", "../../", "#x", "//cdn.example/x", "https://y.example/",
    )  # fmt: skip
    assert ROUTES.resolve(links, B, for_feed=True) == (
        f"{base}articles/a/", base, f"{base}articles/b/#x", "https://cdn.example/x", "https://y.example/",
    )  # fmt: skip


def test_an_address_in_another_script_is_ascii_in_urls() -> None:
    """RFC 3986; RSS readers refuse anything else."""
    assert ROUTES.absolute("tags/иран/") == "https://t.example/news/tags/%D0%B8%D1%80%D0%B0%D0%BD/"


# ------------------------------------------------------------------ identity


def test_an_id_of_its_own_is_taken_as_it_is() -> None:
    """Whatever it looks like: it may come from another tool."""
    assert identity.identity(head("a", id="https://old.example/?p=12"), CONFIG) == "https://old.example/?p=12"


def test_a_hand_made_article_has_a_tag_uri() -> None:
    """RFC 4151: the site's host and the article's year, or the authority that the owner set."""
    assert identity.identity(head("é"), CONFIG) == "tag:t.example,2026:articles/%C3%A9/"
    own = Config(title="T", url="https://new.example/", authority="old.example,2019")
    assert identity.identity(head("a"), own) == "tag:old.example,2019:articles/a/"


def test_two_articles_with_one_id_are_named() -> None:
    """On the line of the second."""
    (problem,) = checks.doubles([article("a", id="urn:x"), article("b", id="urn:x")], CONFIG)
    assert (problem.path, problem.code) == ("content/articles/b.md", "id-taken")
    assert "content/articles/a.md" in problem.message


# ------------------------------------------------------------------ topics


def test_the_first_spelling_by_date_names_a_tag() -> None:
    """Unless the owner's vocabulary has it."""
    day = When(START.replace(year=2025), timed=False)
    articles = (article("new", tags=("CYBER attacks",)), article("old", tags=("Cyber-Attacks",), published=day))
    assert [tag.name for post in posts(*articles) for tag in post.tags] == ["Cyber-Attacks"] * 2
    named = Config(title="T", vocabulary=("cyber attacks",), aliases=(("hacking", "Cyber Attacks"),))
    alias = article("alias", tags=("Hacking",))
    assert {tag.name for post in posts(*articles, alias, config=named) for tag in post.tags} == {"cyber attacks"}


def test_related_posts_are_older_ones_only() -> None:
    """So that a new article changes no old page."""
    days = [
        head(f"n{n}", tags=("x", f"y{n % 2}"), published=When(START.replace(day=n), timed=False)) for n in range(1, 9)
    ]
    before = neighbours(catalogue.gather(days, ROUTES, LATER).posts, 100)
    assert before["n1"] == []
    assert before["n8"] == ["n6", "n4", "n2"]
    newer = [*days, head("n9", tags=("x",), published=When(START.replace(day=9), timed=False))]
    after = neighbours(catalogue.gather(newer, ROUTES, LATER).posts, 100)
    assert {name: after[name] for name in before} == before


def neighbours(found: tuple[catalogue.Post, ...], size: int) -> dict[str, list[str]]:
    """Titles of related posts, by title, where posts are gone through in runs of so many."""
    shelves = related.Shelves()
    runs = [found[at : at + size] for at in range(0, len(found), size)]
    near = [others for run in runs for others in related.related(run, shelves.passed(run))]
    return {post.head.title: [other.head.title for other in others] for post, others in zip(found, near, strict=True)}


@given(st.lists(st.sets(st.sampled_from("abcde"), max_size=3), max_size=40), st.integers(1, 9))
def test_related_posts_are_the_same_whatever_the_runs(tags: list[set[str]], size: int) -> None:
    """What is on the shelves before a run is all that it needs to know of older posts."""
    days = [
        head(f"n{n}", tags=tuple(sorted(each)), published=When(START + dt.timedelta(days=n), timed=False))
        for n, each in enumerate(tags)
    ]
    found = catalogue.gather(days, ROUTES, LATER).posts
    assert neighbours(found, size) == neighbours(found, 100)


# ------------------------------------------------------------------ feeds


@given(
    days=st.lists(st.tuples(st.integers(0, 400), st.none() | st.integers(0, 800)), max_size=40),
    size=st.integers(1, 10),
)
def test_a_feed_holds_the_newest_and_what_was_updated_since(days: list[tuple[int, int | None]], size: int) -> None:
    """Newest first, no double, at least `size` where there are so many, and nothing that rule 3 doesn't name."""
    articles = []
    for number, (day, update) in enumerate(days):
        published = When(START + dt.timedelta(days=day), timed=True)
        updated = When(max(published.at, START + dt.timedelta(days=update or 0)), timed=True)
        articles.append(article(f"n{number}", published=published, updated=updated))
    all_posts = list(posts(*articles))
    chosen = channels.select(all_posts, size)
    assert [post.order for post in chosen] == sorted({post.order for post in chosen}, reverse=True)
    regular = all_posts[-size:]
    assert set(regular) <= set(chosen)
    oldest = regular[0].head.published.at if regular else START
    expected = {post for post in all_posts[:-size] if post.head.updated.at > max(oldest, post.head.published.at)}
    assert set(chosen) - set(regular) == expected


def test_due_instants_bound_the_time_that_a_plan_holds() -> None:
    """The last one passed and the next one to come."""
    heads = [
        head("a"),
        head(
            "b", published=When(START.replace(month=6), timed=False), expires=When(START.replace(month=9), timed=False)
        ),
    ]
    assert due.window(heads, START.replace(month=7)) == (START.replace(month=6), START.replace(month=9))
    assert due.window(heads, START.replace(year=2025)) == (None, START)
    assert due.window(heads, START.replace(year=2027)) == (START.replace(month=9), None)


# ------------------------------------------------------------------ collisions


def test_letters_of_either_case_collide() -> None:
    """macOS and Windows would keep one of the two files."""
    (problem,) = checks.collisions([("A/x.html", "one.md"), ("a/X.html", "two.md")])
    assert (problem.path, problem.code, "one.md" in problem.message) == ("two.md", "output-taken", True)


def test_a_file_and_a_folder_of_one_name_collide_in_either_order() -> None:
    """Only one of them can be."""
    pair = [("notes", "static/notes"), ("notes/index.html", "notes.md")]
    assert [len(list(checks.collisions(order))) for order in (pair, pair[::-1])] == [1, 1]


@given(st.lists(st.sampled_from(["a", "A", "a/b", "a/B/c", "b", "b/c", "c"]), unique=True))
def test_no_collision_goes_unseen(paths: list[str]) -> None:
    """Against the slow way to find them: write them all."""
    taken: set[str] = set()
    clash = False
    for path in paths:
        folded = path.casefold()
        clash |= any(
            folded == other or folded.startswith(f"{other}/") or other.startswith(f"{folded}/") for other in taken
        )
        taken.add(folded)
    assert bool(list(checks.collisions((path, path) for path in paths))) == clash
    assert checks.are_apart(paths) != clash


def test_every_output_of_a_plan_has_a_path_of_its_own() -> None:
    """For a site with everything in it."""
    articles = tuple(
        article(
            f"n{n}", tags=("x", "C++"), authors=("Jo",), series="S", published=When(START.replace(day=n), timed=False)
        )
        for n in range(1, 25)
    )
    laid, problems = plan.lay_out(articles, (File("content/static/x.txt", "00", 1),), CONFIG, LATER)
    assert problems == ()
    assert laid is not None
    paths = [item.path for item in laid.items] + [copy.path for copy in laid.copies]
    assert len(paths) == len(set(paths))
    assert "tags/c-plus-plus/page/2/index.html" in paths
    made = [(item.path, item.make(laid.ground)) for item in laid.items]
    assert [path for path, what in made if path != (what[0] if isinstance(what, tuple) else what).path] == []


# ------------------------------------------------------------------ sitemaps


def small_files(*articles: Article, config: Config = CONFIG, clock: Clock = LATER) -> dict[str, str]:
    """The text of every small file, by path."""
    laid, problems = plan.lay_out(articles, (), config, clock)
    assert laid is not None, problems
    made = [item.make(laid.ground) for item in laid.items if item.kind == "text"]
    return {text.path: text.text for text in made if isinstance(text, Text)}


def located(sitemap: str) -> list[tuple[str, str]]:
    """The addresses in a sitemap, with the day of each."""
    return re.findall(r"<loc>https://t\.example/news/(.*?)</loc>(?:<lastmod>)?([^<]*)", sitemap)


def test_a_sitemap_names_what_search_engines_should_know() -> None:
    """Neither what the owner keeps from them nor what is at home elsewhere; each list is as new as its newest entry."""
    day = When(START.replace(day=3), timed=False)
    made = small_files(
        article("a-b", tags=("Dams",)),
        article("kept", noindex=True),
        article("lent", canonical="https://home.example/lent"),
        article("later", tags=("Dams",), updated=day),
        article("draft", draft=True),
    )
    assert located(made["sitemap.xml"]) == [
        ("", "2026-01-03"),
        ("articles/a-b/", "2026-01-01"),
        ("articles/later/", "2026-01-03"),
        ("tags/dams/", "2026-01-03"),
    ]


def test_a_sitemap_of_many_addresses_is_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search engines read 50,000 in one file (sitemaps.org)."""
    monkeypatch.setattr(files, "_MOST_URLS", 3)
    articles = [article(f"n{n}", published=When(START.replace(day=n), timed=False)) for n in range(1, 5)]
    made = small_files(*articles)
    assert [address for address, _ in located(made["sitemap.xml"])] == ["sitemap-1.xml", "sitemap-2.xml"]
    parts = [[address for address, _ in located(made[f"sitemap-{number}.xml"])] for number in (1, 2)]
    assert [len(part) for part in parts] == [3, 2]
    assert sorted(parts[0] + parts[1]) == ["", *(f"articles/n{n}/" for n in range(1, 5))]


def test_news_are_told_to_google_in_its_own_names_of_languages() -> None:
    """ISO 639 without a region, and two kinds of Chinese."""
    langs = ("en-GB", "PT", "zh-Hans", "zh", "zh-HK")
    articles = [article(f"n{n}", lang=lang) for n, lang in enumerate(langs)]
    config = replace(CONFIG, news=True)
    text = small_files(*articles, config=config, clock=Clock(START.replace(hour=12)))["sitemap-news.xml"]
    told = dict(re.findall(r"articles/(n\d)/</loc>.*?<news:language>(.*?)</news:language>", text))
    assert told == {"n0": "en", "n1": "pt", "n2": "zh-cn", "n3": "zh-cn", "n4": "zh-tw"}


# ------------------------------------------------------------------ decided without a body, made only if it's new


def item_names(*articles: Article, config: Config = CONFIG) -> dict[str, bytes]:
    """The name of every item, by path."""
    laid, problems = plan.lay_out(articles, (), config, LATER)
    assert laid is not None, problems
    return {item.path: item.digest for item in laid.items}


FEED_FILES = ("atom.xml", "rss.xml", "feed.json", "follow/index.html")


def test_an_edited_body_changes_its_page_and_its_feeds_alone() -> None:
    """And the pages beside these, which show what readers get. No list, no neighbour, no sitemap."""
    days = [article(f"n{n}", tags=("x",), published=When(START.replace(day=n), timed=False)) for n in range(1, 9)]
    before = item_names(*days)
    after = item_names(*days[:3], replace(days[3], body="11", weight=99, links=("https://x.example/",)), *days[4:])
    assert {path for path in before if before[path] != after[path]} == {
        "articles/n4/index.html",
        *(f"{folder}{name}" for folder in ("", "tags/x/") for name in FEED_FILES),
    }


def test_a_new_article_changes_no_page_but_its_neighbour_and_its_lists() -> None:
    """Full pages of lists and older articles stay."""
    days = [
        article(f"n{n}", tags=("x", f"y{n % 3}"), published=When(START.replace(day=n), timed=False))
        for n in range(1, 13)
    ]
    small = Config(title="T", url="https://t.example/", per_page=5)
    before, after = item_names(*days[:-1], config=small), item_names(*days, config=small)
    changed = {path for path in before if before[path] != after[path] and path.endswith(".html")}
    assert changed == {
        *("404.html", "index.html", "page/3/index.html", "articles/n11/index.html"),
        *("archive/2026/index.html", "archive/2026/01/index.html", "tags/index.html"),
        *("tags/x/index.html", "tags/x/page/3/index.html", "tags/y0/index.html"),
        *("follow/index.html", "tags/x/follow/index.html", "tags/y0/follow/index.html"),
    }


def test_what_stands_in_the_articles_is_closed_to_what_decides() -> None:
    """Else an edit of a text could change a decision that is remembered for the heads."""
    found = article("a")
    bodies = Bodies({found.meta.path: found}, ROUTES)
    (post,) = posts(found)
    with pytest.raises(Sealed):
        _ = bodies.whole(post).article


def test_a_maker_is_a_function_of_a_module() -> None:
    """One that holds a value of its own would show what no name tells."""
    hidden = "x"
    with pytest.raises(TypeError):
        outline.text("a.txt", lambda ground: Text("a.txt", hidden + ground.config.title))
