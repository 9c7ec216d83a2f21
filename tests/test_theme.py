"""Pages are whole, safe and well set, and a theme's faults carry its own lines."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from jinja2.compiler import CodeGenerator
from lxml import etree

from tagwire import views
from tagwire.model import Note, Page, When
from tagwire.pipeline import look
from tagwire.problems import Problem, show
from tagwire.theme import Theme, idle, lint, mentioned, prepare, render
from tagwire.theme.environment import Environment

FOLDER = Path(__file__).parent.parent / "theme"
CSS = (FOLDER / "static/style.css").read_text(encoding="utf-8")
SHIPPED = Theme(
    tuple((path.name, f"theme/{path.name}", path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.html")))
)

# ------------------------------------------------------------------ made-up pages

DAY = When(datetime(2020, 7, 24, tzinfo=UTC), timed=False)
HOUR = When(datetime(2020, 7, 24, 23, 30, tzinfo=timezone(timedelta(hours=3))), timed=True)
NASTY = "</title><script>alert(1)</script> \"'>& {{ site }} ]]>"
FEEDS = tuple(
    views.Alternate(f"{about} ({name})", f"{folder}{name.lower()}.xml", f"application/{name.lower()}+xml", name)
    for about, folder in (("Iran · The Example", "./"), ("The Example", "../"))
    for name in ("Atom", "RSS")
)
SITE = views.Site(
    title="The Example",
    description="An example of a site",
    lang="en",
    direction="ltr",
    home="../",
    theme="../theme/",
    styles=("../theme/style.1234abcd.css",),
    menu=(views.Link("News", "./", current=True), views.Link("About", "../about/")),
    icon="../icon.png",
    copyright="© The Example",
    subscribe="../subscribe/",
    search="../search/",
)


def frame(title: str = "A title", lang: str = "en", direction: views.Direction = "ltr") -> views.Frame:
    """The head of a page about Iran."""
    feeds = (FEEDS, FEEDS[:2], "Iran")
    return views.Frame(
        title,
        "What it is about",
        "https://example.org/x/",
        False,
        lang,
        direction,
        *feeds,
        "./follow/",
        "",
        (),
        '{"@type":"x"}',
    )


def card(title: str = "A title", **changes: object) -> views.Card:
    """An article in a list."""
    tags = (views.Link("Iran", "../tags/iran/"), views.Link("C++", "../tags/c-plus-plus/"))
    authors = (views.Link("Jane Roe", "../j/"),)
    plain = views.Card(title, "../a/", "What it is about", HOUR, authors, tags, "en", "ltr", "", None, False)
    return replace(plain, **changes)  # type: ignore[arg-type]  # fields by name


def listing(kind: str = "home", *cards: views.Card) -> views.Listing:
    """A list with a page before it and one after it."""
    return views.Listing(frame("", "en"), kind, "The Example", "", "", cards, "../n/", "../o/", "../all/")


STORY = views.Story(
    frame=frame(),
    card=card(),
    lead=False,
    standfirst="What it says in a sentence.",
    updated=DAY,
    reading=views.Amount(3, "reading"),
    contents=(views.Group("One", "#one", (views.Link("Two", "#two"),)),),
    corrections=(Note(DAY, "A name was misspelt."),),
    all_corrections="../corrections/",
    retracted=None,
    series=views.Chapter("Cyber war", "../s/", 2, views.Link("Part one", "../1/"), None),
    newer=views.Link("Newer one", "../n/"),
    older=views.Link("Older one", "../o/"),
    related=(card("Related one"),),
    source="iran.txt",
    cut=views.Amount(2, "left_out"),
    original="https://elsewhere.test/x",
    author_note="",
    extra={},
)
TOMBSTONE = replace(
    STORY, card=card(retracted=True), retracted=Note(DAY, "It was wrong."), related=(), corrections=(), series=None
)
PERIOD = views.Period(frame("2020"), "2020", views.Link("Archive", "../"), (views.Month(DAY, "07/", (card(),)),))
FOLLOWABLE = views.Followable(views.Link("Iran", "../tags/iran/follow/"), FEEDS[:2])
VIEWS: dict[str, tuple[str, object]] = {
    "home": ("home.html", listing("home", card(image="../a.jpg"), card(tags=()), card(authors=()), card())),
    "home with one": ("home.html", listing("home", card())),
    "home with none": ("home.html", listing()),
    "tag": ("list.html", listing("tag", card(), card(retracted=True))),
    "author": ("list.html", replace(listing("author", card()), note="She writes.")),
    "series": ("list.html", listing("series", card())),
    "later pages": ("list.html", replace(listing("home", card()), index="")),
    "index": ("index.html", views.Index(frame(), "tags", "Topics", (views.Group("", "", SITE.menu),))),
    "years": (
        "index.html",
        views.Index(frame(), "archive", "All", (views.Group("2020", "2020/", (views.Link("07", "7/", date=DAY),)),)),
    ),
    "empty index": ("index.html", views.Index(frame(), "tags", "Topics", ())),
    "year": ("period.html", PERIOD),
    "month": ("period.html", replace(PERIOD, date=DAY)),
    "article": ("article.html", STORY),
    "bare article": (
        "article.html",
        replace(
            STORY, updated=None, corrections=(), series=None, newer=None, older=None, related=(), source="", original=""
        ),
    ),
    "tombstone": ("article.html", TOMBSTONE),
    "corrections": (
        "corrections.html",
        views.Corrections(
            frame("Corrections"),
            "Corrections",
            (
                views.Remark("A title", "../a/#correction-1", Note(DAY, "A name."), "he", "rtl", False),
                views.Remark("A title", "../a/", Note(HOUR, "It was wrong."), "en", "ltr", True),
            ),
        ),
    ),
    "page": ("page.html", views.Standing(frame(), "About", (), {})),
    "subscribe": (
        "subscribe.html",
        views.Subscribe(
            frame(),
            "../feeds.opml",
            "Atom",
            (views.Bundle(views.Link("Tags", "tags.opml"), (FOLLOWABLE,)),),
            twins=True,
        ),
    ),
    "following": (
        "following.html",
        views.Following(
            frame(),
            views.Link("Iran", "../"),
            (views.Alternate("Atom", "https://example.org/atom.xml", "application/atom+xml", "Atom"),),
            "Atom",
            (),
            (card(), card(retracted=True)),
        ),
    ),
    "404": ("404.html", views.Missing(replace(frame(), canonical=""), (card(),))),
    "redirect": ("redirect.html", views.Moved(frame(), "../articles/a/")),
}


def shown(template: str, view: object, content: str = "<p>The <em>text</em>.</p>", theme: Theme = SHIPPED) -> str:
    """The page, which must have come out well."""
    result = render(theme, Page("x/index.html", template, view), SITE, content)
    assert isinstance(result, bytes), show(result)
    return result.decode()


def refused(*templates: str, view: object = STORY) -> Problem:
    """The problem of a theme whose templates are `a.html`, `b.html` …; `a.html` is shown."""
    names = "abcdefgh"
    theme = Theme(tuple((f"{n}.html", f"theme/{n}.html", text) for n, text in zip(names, templates, strict=False)))
    result = render(theme, Page("x/index.html", "a.html", view), SITE, "")
    assert isinstance(result, Problem)
    assert result.code == "template-error"
    return result


def written(text: str, view: object = STORY, content: str = "") -> str:
    """What a theme of one template makes of a view."""
    return shown("a.html", view, content, Theme((("a.html", "theme/a.html", text),)))


# ------------------------------------------------------------------ the shipped theme


@pytest.mark.parametrize("name", VIEWS)
class TestEveryPage:
    """What holds for each kind of page."""

    def test_it_is_html_that_closes_what_it_opens(self, name: str) -> None:
        """Every element is closed, in order, and every attribute is quoted: the page parses as XML, too."""
        text = shown(*VIEWS[name]).replace("<!doctype html>", "")
        text = re.sub(r"<(meta|link|img|input|br|hr)\b([^>]*)>", r"<\1\2/>", text)
        etree.fromstring(text)

    def test_it_says_its_language_and_title_once(self, name: str) -> None:
        """One `html lang dir`, one non-empty title that ends with the site's, one h1 but on redirects."""
        tree = parsed(shown(*VIEWS[name]))
        assert (tree.get("lang"), tree.get("dir")) == ("en", "ltr")
        assert [str(t).endswith("The Example") for t in tree.xpath("//title/text()")] == [True]
        assert len(tree.xpath("//h1")) == (name != "redirect")

    def test_it_has_no_id_but_its_own(self, name: str) -> None:
        """Ids belong to the content, so those of the theme have a prefix, but for corrections."""
        ids = parsed(shown(*VIEWS[name])).xpath("//@id")
        notes = {"article": ["correction-1"], "tombstone": ["tw-retraction"]}.get(name, [])
        assert ids == ([] if name == "redirect" else ["tw-main", *notes])

    def test_it_asks_nobody_else_for_anything(self, name: str) -> None:
        """No script in the page, no style of its own, nothing loaded from another host."""
        tree = parsed(shown(*VIEWS[name]))
        assert (
            tree.xpath(
                "//script[not(@type='application/ld+json') and (not(@src) or text())] | //style | //@style | //iframe"
            )
            == []
        )
        loaded = tree.xpath("//script/@src | //img/@src | //link[@rel='stylesheet' or @rel='icon']/@href")
        assert [url for url in loaded if "//" in str(url)] == []

    def test_feeds_are_announced_in_order(self, name: str) -> None:
        """`rel=alternate` alone, this page's feeds before the site's, and none on a redirect."""
        links = parsed(shown(*VIEWS[name])).xpath("//link[contains(@rel, 'alternate')]")
        found = [(a.get("rel"), a.get("type"), a.get("title"), a.get("href")) for a in links]
        assert found == [("alternate", f.type, f.title, f.url) for f in FEEDS if name != "redirect"]

    def test_a_hostile_title_stays_text(self, name: str) -> None:
        """Nothing of the owner's words becomes markup."""
        template, view = VIEWS[name]
        hostile = {
            field: NASTY
            for field in ("heading", "note", "source", "original")
            if isinstance(getattr(view, field, 0), str)
        }
        frames = {"frame": replace(view.frame, title=NASTY, description=NASTY, follow_title=NASTY)}  # type: ignore[attr-defined]
        cards = {"card": card(NASTY, summary=NASTY)} if hasattr(view, "card") else {}
        lists = {key: (card(NASTY, summary=NASTY),) for key in ("cards", "latest", "related") if getattr(view, key, ())}
        text = shown(template, replace(view, **hostile, **frames, **cards, **lists))  # type: ignore[type-var]
        assert "<script>alert" not in text
        assert "&lt;script&gt;" in text
        assert NASTY.partition(" ")[0] not in text
        assert parsed(text).xpath("string(//title)").startswith(NASTY[:20]) or template == "period.html"


def parsed(text: str) -> Any:
    """The page's root element."""
    return etree.HTML(text)


def words(tree: Any, path: str) -> str:
    """The text of what an XPath finds, with single spaces."""
    return " ".join(" ".join(node.itertext()) for node in tree.xpath(path)).replace("  ", " ")


def line(text: str, part: str) -> str:
    """The text of the one paragraph of a class, as one line."""
    (node,) = parsed(text).xpath(f"//p[contains(@class, '{part}')]")
    return " ".join("".join(node.itertext()).split())


class TestArticle:
    """The page of an article."""

    def test_its_content_is_shown_as_it_is(self) -> None:
        """The body was sanitised before; it is not escaped again."""
        assert "<p>The <em>text</em>.</p>" in shown("article.html", STORY)

    def test_what_scrolls_sideways_is_reached_by_keys(self) -> None:
        """Code and tables (WCAG 2.1.1); nothing else stops the tab key."""
        page = parsed(shown(*VIEWS["article"][:2], "<pre>x</pre><table><tr><td>1</td></tr></table><p>y</p>"))
        assert [node.tag for node in page.xpath("//main//*[@tabindex='0']")] == ["pre", "table"]

    def test_its_byline_has_authors_and_dates(self) -> None:
        """Machine-readable dates carry the offset they were written with."""
        text = shown("article.html", STORY)
        assert line(text, "byline") == "By Jane Roe July 24, 2020 updated July 24, 2020 3 minutes to read"
        assert '<time class="dt-published" datetime="2020-07-24T23:30:00+03:00">' in text

    @pytest.mark.parametrize(
        ("names", "wanted"),
        [("", ""), ("A", "By A"), ("AB", "By A and B"), ("ABC", "By A, B and C"), ("ABCD", "By A, B, C and D")],
    )
    def test_authors_are_named_as_people_name_them(self, names: str, wanted: str) -> None:
        """One, two and more of them."""
        authors = tuple(views.Link(name, "../") for name in names)
        text = shown("article.html", replace(STORY, card=card(authors=authors)))
        assert line(text, "byline").partition(" July")[0].partition("July")[0] == wanted

    def test_it_says_how_to_follow_its_topic(self) -> None:
        """The visible line of section 6."""
        assert line(shown("article.html", STORY), "follow") == "Follow Iran: Atom, RSS"

    def test_it_says_who_the_author_is(self) -> None:
        """Below the text, as text."""
        page = shown("article.html", replace(STORY, author_note="Jane covers <b> & the harbour."))
        assert "Jane covers &lt;b&gt; &amp; the harbour.</bdi>" in page

    @pytest.mark.parametrize(
        ("cut", "wanted"),
        [
            (0, "Converted from iran.txt"),
            (1, "Converted from iran.txt (1 passage was left out)"),
            (2, "Converted from iran.txt (2 passages were left out)"),
        ],
    )
    def test_it_says_what_the_conversion_left_out(self, cut: int, wanted: str) -> None:
        """In plain words, also for one passage and for none."""
        assert (
            line(
                shown("article.html", replace(STORY, cut=views.Amount(cut, "left_out") if cut else None, original="")),
                "origin",
            )
            == wanted
        )

    def test_a_tombstone_keeps_nothing_but_title_date_and_note(self) -> None:
        """What was retracted is not repeated in the summary or under topics."""
        tree = parsed(shown("article.html", TOMBSTONE, ""))
        assert "It was wrong." in words(tree, "//*[contains(@class, 'box')]")
        assert tree.xpath("//main//*[contains(@class, 'p-summary') or contains(@class, 'p-category')]") == []
        assert tree.xpath("//*[contains(@class, 'e-content')]") == []

    def test_it_is_an_entry_to_microformat_readers(self) -> None:
        """h-entry with name, author, date, content and address."""
        (entry,) = parsed(shown("article.html", STORY)).xpath("//article[contains(@class, 'h-entry')]")
        classes = " ".join(entry.xpath(".//@class")).split()
        assert {"p-name", "p-author", "dt-published", "dt-updated", "e-content", "u-url", "p-category"} <= set(classes)


def test_a_page_in_another_script_runs_its_own_way() -> None:
    """The article is right-to-left and its dates Hebrew; the site's own name keeps the site's direction."""
    text = shown("article.html", replace(STORY, frame=frame("נמל", "he", "rtl")))
    assert '<html lang="he" dir="rtl">' in text
    assert '<header class="masthead" dir="ltr">\n<p class="nameplate" lang="en">' in text
    assert "24 ביולי 2020" in text


def test_an_empty_site_says_how_to_begin() -> None:
    """The first thing a new owner sees."""
    text = shown(*VIEWS["home with none"])
    assert "Nothing published yet" in text
    assert "content/articles/" in text


def test_the_current_menu_entry_says_so() -> None:
    """And only that one."""
    assert parsed(shown("home.html", listing())).xpath("//@aria-current/../text()") == ["News"]


def test_a_redirect_leads_on_by_itself_and_by_hand() -> None:
    """Refresh, canonical address, a link to click, and no place in a search engine."""
    tree = parsed(shown(*VIEWS["redirect"]))
    assert tree.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../articles/a/"]
    assert tree.xpath("//link[@rel='canonical']/@href") == ["https://example.org/x/"]
    assert tree.xpath("//a/@href") == ["../articles/a/"]
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_a_month_is_named_not_numbered() -> None:
    """Where the view knows the month, its name stands for the number."""
    tree = parsed(shown(*VIEWS["month"]))
    assert words(tree, "//title") == "July 2020 · The Example"
    assert words(tree, "//h1") == "July 2020"
    assert words(parsed(shown(*VIEWS["years"])), "//section//li") == "July 2020"


def test_the_shipped_theme_holds_no_logic() -> None:
    """The house's own rule, kept in the house."""
    assert lint(SHIPPED) == ()


# ------------------------------------------------------------------ the stylesheet


def test_the_stylesheet_is_small_and_self_contained() -> None:
    """Under 16 KB, and it loads nothing."""
    assert len(CSS.encode()) < 16 * 1024
    assert not re.search(r"@import|@font-face|url\(|https?://", CSS.replace('[href^="http"]', ""))


def test_the_stylesheet_mirrors_for_other_scripts() -> None:
    """Logical properties only, so that right-to-left pages need no rules of their own."""
    physical = re.findall(
        r"(?<![\w-])((?:(?:margin|padding|border)-)?(?:left|right|top|bottom)|(?:min-|max-)?(?:width|height)|overflow-[xy])\s*:",
        re.sub(r"@media \(.*?\)", "", CSS),
    )
    assert physical == []
    assert not re.search(r"(text-align|float|clear):\s*(left|right)", CSS)


def test_every_colour_can_be_read_in_both_schemes() -> None:
    """WCAG 2.2 AA: 4.5 to 1 for text on each ground that it stands on."""
    schemes = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[:2]
    for scheme in schemes:
        colours = dict(re.findall(r"--(\w+): (#\w{6});", scheme))
        for text in ("ink", "quiet", "accent", "green", "blue"):
            for ground in ("paper", "tint"):
                assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground, colours)
        assert contrast(colours["ink"], colours["mark"]) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2.2."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_class_of_the_stylesheet_is_used() -> None:
    """No rule outlives the markup it was made for; those of Markdown's own markup are named here."""
    markdown = {"ow", "nt", "gh", "gi", "nb", "bp", "na", "nf", "nc", "gu"}  # of Pygments
    markdown |= {"footnote", "footnote-ref", "footnote-backref", "align-center", "align-right"}
    rules = re.sub(r"\{[^{}]*\}|/\*.*?\*/", "", CSS, flags=re.DOTALL)
    ours = {
        name
        for _, _, text in SHIPPED.templates
        for value in re.findall(r'class="([^"]*)"', text)
        for name in value.split()
    }
    assert set(re.findall(r"\.([a-z][\w-]*)", rules)) - ours - markdown == set()


# ------------------------------------------------------------------ dates


@pytest.mark.parametrize(
    ("lang", "human", "month"),
    [
        ("en", "July 24, 2020", "July 2020"),
        ("en-GB", "24 July 2020", "July 2020"),
        ("de", "24. Juli 2020", "Juli 2020"),
        ("fr", "24 juillet 2020", "juillet 2020"),
        ("he", "24 ביולי 2020", "יולי 2020"),
        ("ja", "2020年7月24日", "2020年7月"),
        ("zh-Hant", "2020年7月24日", "2020年7月"),
        ("pt-XX", "24 de julho de 2020", "julho de 2020"),
        ("tlh", "July 24, 2020", "July 2020"),
        ("not a language", "July 24, 2020", "July 2020"),
        ("", "July 24, 2020", "July 2020"),
    ],
)
def test_dates_are_in_the_language_of_the_page(lang: str, human: str, month: str) -> None:
    """Every language that Babel knows; for others the language without its region, then English."""
    view = replace(STORY, frame=frame(lang=lang))
    text = "{{ page.card.published.human }}|{{ page.updated.month }}|{{ page.updated.iso }}"
    assert written(text, view) == f"{human}|{month}|2020-07-24"


def test_a_date_is_the_authors_own_day() -> None:
    """Half past eleven at night in Moscow is still the 24th, wherever the page is built."""
    assert date(2020, 7, 24) == HOUR.at.date()
    assert written("{{ page.card.published.human }}") == "July 24, 2020"


# ------------------------------------------------------------------ what a template can do wrong


def test_an_unknown_field_is_shown_where_it_stands() -> None:
    """Path, line, column, and the name that was meant."""
    problem = refused("<p>\n  {{ page.card.titel }}</p>\n")
    assert show(problem).splitlines() == [
        "theme/a.html:2:6: error[template-error]: `page.card.titel` does not exist",
        "  2 |   {{ page.card.titel }}</p>",
        "    |      ^^^^^^^^^^^^^^^",
        "  help: did you mean `title`?",
    ]


def test_a_far_off_name_is_answered_with_all_there_are() -> None:
    """Who guessed wrong wants the list."""
    assert refused("{{ page.qqq }}", view=PERIOD).hint == "`page` has: frame, heading, up, months, date"
    assert refused("{{ page.updated.qqq }}").hint == "`page.updated` has: iso, human, month"
    assert refused("{{ site.title.qqq }}").hint == "`site.title` is a str"


def test_an_unknown_name_in_a_loop_is_named_as_the_template_names_it() -> None:
    """Not by a Python class that the owner has never seen."""
    problem = refused("{% for c in page.related %}\n{{ c.nme }}\n{% endfor %}")
    assert (problem.line, problem.column, problem.message) == (2, 4, "`c.nme` does not exist")
    assert "title" in problem.hint


@pytest.mark.parametrize(
    "use", ["{{ pge }}", "{% if pge %}{% endif %}", "{% for x in pge %}{% endfor %}", "{{ pge.x }}"]
)
def test_an_unknown_top_level_name_is_an_error_in_any_use(use: str) -> None:
    """Nothing is silently empty."""
    problem = refused(f"\n\n{use}")
    assert (problem.line, problem.message, problem.hint) == (3, "`pge` does not exist", "did you mean `page`?")
    assert use[problem.column - 1 :].startswith("pge")


def test_a_missing_value_is_told_from_a_missing_field() -> None:
    """`updated` exists, but this article has none."""
    problem = refused("{{ page.updated.iso }}", view=replace(STORY, updated=None))
    assert problem.message == "`page.updated` is empty here and has no `iso`"
    assert problem.hint == "put it between `{% if page.updated %}` and `{% endif %}`"


@pytest.mark.parametrize(
    ("use", "message", "hint"),
    [
        ("{{ page.frame }}", "prints a Frame, which is no text", "print one of its fields: title, description"),
        ("{{ page.card.published }}", "prints a When, which is no text", "print one of its fields: iso, human, month"),
        ("{{ page.cut }}", "prints a Amount, which is no text", "print one of its fields: number, human"),
        ("{{ words.follow }}", "prints a Phrase, which is no text", "print one of its fields: before, after"),
        ("{{ page.series }}", "prints a value that is empty here", "put it between"),
        ("{{ page.frame.noindex }}", "prints a bool, which is no text", "print text or a number"),
        ("{{ page.related }}", "prints a tuple, which is no text", "print text or a number"),
    ],
)
def test_python_values_never_reach_a_page(use: str, message: str, hint: str) -> None:
    """`None`, `True` or a memory address would."""
    problem = refused(f"<p>\n{use}", view=replace(STORY, series=None))
    assert (problem.line, problem.message) == (2, message)
    assert problem.hint.startswith(hint)


@pytest.mark.parametrize(
    ("text", "number", "message"),
    [
        ("<p>\n{% if page %}\n", 2, "unexpected end of template"),
        ("\n{% endfor %}", 2, "encountered unknown tag `endfor`"),
        ("\n\n{{ page. }}", 3, "expected name or number"),
        ("\n{{ page.card.title | shout }}", 2, "no filter named `shout`"),
        ("\n{{ 1 / 0 }}", 2, "division by zero"),
        ("\n{{ page.card.title() }}", 2, "`str` object is not callable"),
        ("\n{% for x in page.cut.number %}{% endfor %}", 2, "`int` object is not iterable"),
        ("\n{{ page.__class__ }}", 2, "access to attribute `__class__` of `Story` object is unsafe"),
        ("\n{{ lipsum() }}", 2, "`lipsum` does not exist"),
        ("\n{{ [1, 2] | random }}", 2, "no filter named `random`"),
        ("\n{% block a %}{% endblock %}{% block a %}{% endblock %}", 2, "block `a` defined twice"),
        ("{% block a %}\n{{ super() }}{% endblock %}", 2, "there is no parent block called"),
    ],
)
def test_any_other_fault_has_its_line_too(text: str, number: int, message: str) -> None:
    """Syntax, types, arithmetic, the sandbox, and what would make two builds differ."""
    problem = refused(text)
    assert (problem.path, problem.line) == ("theme/a.html", number)
    assert problem.message.startswith(message)
    assert not problem.message.endswith(".")
    assert problem.excerpt == text.splitlines()[number - 1]


def test_a_fault_in_a_parent_or_an_include_is_shown_there() -> None:
    """Not in the template that brought it in."""
    problem = refused(
        '{% extends "b.html" %}', '<html>\n{% block x %}\n\n{% include "c.html" %}{% endblock %}', "\n\n\n{{ x }}"
    )
    assert (problem.path, problem.line) == ("theme/c.html", 4)
    assert (refused('{% extends "b.html" %}', "\n{% if %}").path) == "theme/b.html"


def test_a_missing_template_is_named_where_it_is_wanted() -> None:
    """In an include, or by the page itself."""
    problem = refused('\n{% include "bb.html" %}', "")
    assert (problem.line, problem.column, problem.message) == (2, 13, "there is no template `bb.html`")
    assert problem.hint == "did you mean `b.html`?"
    result = render(Theme((("base.html", "theme/base.html", ""),)), Page("x", "x.html", STORY), SITE, "")
    assert isinstance(result, Problem)
    assert (result.path, result.line) == ("theme/x.html", 0)
    assert result.hint == "the theme has: base.html"


@pytest.mark.parametrize(
    "templates",
    [
        ('\n{% include "a.html" %}',),
        ('\n{% include "b.html" %}', '\n\n{% include "a.html" %}'),
        ('\n{% extends "a.html" %}',),
        ("\n{% block x %}{{ self.x() }}{% endblock %}",),
    ],
)
def test_a_circle_of_templates_ends_as_a_problem(templates: tuple[str, ...]) -> None:
    """At the same line every time, not where the stack happened to end."""
    problems = {refused(*templates) for _ in range(3)}
    assert len(problems) == 1
    (problem,) = problems
    assert (problem.path, problem.line) == ("theme/a.html", 2)
    assert "without end" in problem.message


def test_a_deeply_nested_template_ends_as_a_problem() -> None:
    """The parser's own stack can run out, too."""
    assert refused("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}").line == 0


def test_nothing_of_the_site_can_be_changed_by_a_template() -> None:
    """Themes come from the internet; what they call can't mend what others see."""
    assert "unsafe" in refused("{{ page.card.title.__class__.__mro__ }}").message
    assert refused("{{ page.frame.title.format.__globals__ }}").code == "template-error"


def test_a_broken_view_is_our_fault_not_the_themes() -> None:
    """An error that no template had a part in stays a traceback: a bug to report."""
    with pytest.raises(AttributeError):
        render(SHIPPED, Page("x", "a.html", object()), SITE, "")


def test_text_that_has_no_utf8_is_still_a_page() -> None:
    """Half a surrogate pair becomes a reference, which browsers show as a replacement character."""
    assert written("{{ page.card.title }}", replace(STORY, card=card("a\ud800b"))) == "a&#55296;b"


def test_a_block_that_fills_nothing_is_told() -> None:
    """A slip in its name would be silent: Jinja shows nothing of it. One inside of another block is a new one."""
    names = {"base.html": "{% block main %}{% endblock %}{% block head %}{% endblock %}"}
    own = '{% extends "base.html" %}\n{% block mian %}x{% endblock %}'
    own += "{% block main %}{% block new %}{% endblock %}{% endblock %}"
    theme = Theme(tuple((name, f"theme/{name}", text) for name, text in {**names, "a.html": own}.items()))
    (problem,) = idle.blocks(theme, {"theme/a.html"})
    assert (problem.path, problem.line, problem.column, problem.code) == ("theme/a.html", 2, 10, "template-block")
    assert problem.hint == "did you mean `main`?"
    assert list(idle.blocks(theme, {"theme/base.html"})) == []


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ({"hoem.html": ""}, ["theme/hoem.html"]),
        ({"Home.html": ""}, ["theme/Home.html"]),
        ({"home.html": ""}, []),
        ({"home.html": '{% include "part.html" %}', "part.html": ""}, []),
        ({"home.html": "{% from 'part.html' import x %}", "part.html": ""}, []),
        ({"home.html": '{% include "part.html" if page.title else "none.html" %}', "part.html": ""}, []),
        ({"home.html": "{% include page.extra.part %}", "part.html": ""}, []),
        ({"home.html": '{% include "part-" ~ page.kind ~ ".html" %}', "part-x.html": ""}, []),
        ({"part.html": '{% include "part.html" %}'}, ["theme/part.html"]),
    ],
)
def test_a_template_that_nothing_uses_is_told(own: dict[str, str], told: list[str]) -> None:
    """Unless one is named by an expression: then it may be any."""
    shipped = dict.fromkeys(("home.html", "tagwire/home.html"), ("theme/tagwire/home.html", ""))
    found = {**shipped, **{name: (f"theme/{name}", text) for name, text in own.items()}}
    theme = Theme(tuple((name, path, text) for name, (path, text) in found.items()))
    problems = list(idle.templates(theme, {f"theme/{name}" for name in own}))
    assert [problem.path for problem in problems] == told
    assert {problem.code for problem in problems} <= {"template-unused"}


# ------------------------------------------------------------------ escaping and the owner's own keys


@pytest.mark.parametrize(
    "text",
    [
        "{{ page.card.title }}{{ page.card.published.iso }}{{ content }}{{ page.reading.number }}{{ 3 }}{{ '<' }}",
        "{% for tag in page.card.tags %}{{ loop.index }}{{ loop.last }}{{ tag.text }}{% endfor %}",
        "{% autoescape false %}{{ page.card.title }}{{ content }}{% endautoescape %}{{ page.card.title|upper }}",
        "{% macro m(x=page.card.title) %}{{ x }}{{ caller() }}{% endmacro %}{% call m() %}{{ site }}{% endcall %}",
        "{% set x %}{{ page.card.title }}{% endset %}{{ x }}{{ [page.card.title]|join(content) }}{{ page.extra.none }}",
        "{% for tag in page.card.tags if tag.text != page.card.title %}{{ tag.url }}{% endfor %}{{ 'a'.title }}",
        "{{ page.card.nothing }}",
        "{{ page.card }}",
        "{{ nothing.title }}",
    ],
)
def test_templates_give_what_the_library_would_make_of_them(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorter ways to a field and to a text without markup lead to the same, faults included."""
    page = Page("x/index.html", "a.html", replace(STORY, card=card(NASTY)))
    short, plain = (Theme((("a.html", f"theme/{folder}a.html", text),)) for folder in ("", "own/"))  # two, for a cache
    ours = render(short, page, SITE, "<b>'x'</b>")
    monkeypatch.setattr(Environment, "code_generator_class", CodeGenerator)
    theirs = render(plain, page, SITE, "<b>'x'</b>")
    assert theirs == (replace(ours, path="theme/own/a.html") if isinstance(ours, Problem) else ours)


@pytest.mark.parametrize(
    ("texts", "fields"),
    [
        (
            ("{% extends 'b.html' %}{{ page.card.title }}", "{% if page.related %}{{ data }}{% endif %}"),
            {"related", "data"},
        ),
        (("{% include 'b.html' %}", "{% for x in page.contents %}{% endfor %}"), {"contents"}),
        (("{{ page['rel' ~ 'ated'] }}", ""), None),
        (("{{ page|attr('related') }}", ""), None),
        (("{% include 'c.html' %}", ""), None),
        (("{% include page.card.title %}", ""), None),
        (("{% if %}", ""), None),
    ],
)
def test_what_a_template_may_show_is_known(texts: tuple[str, str], fields: set[str] | None) -> None:
    """Of those without logic, and of what they extend and include; of any other nothing is known."""
    both = Theme(tuple((name, f"theme/{name}", text) for name, text in zip(("a.html", "b.html"), texts, strict=True)))
    names = mentioned(both, "a.html")
    assert (names if names is None else names & {"related", "data", "contents"}) == fields


def test_the_shipped_theme_shows_all_of_an_article() -> None:
    """So all is made for it; of cards, all but what one line doesn't show in lists by date."""
    idle_ones = {template: fields for template, fields in look.idle_fields(SHIPPED).items() if fields}
    assert idle_ones == {"period.html": {"authors", "tags", "picture"}}


def test_what_lists_of_an_own_theme_show_of_a_card_is_known() -> None:
    """By each template, with what it is made with; of one with logic nothing is known."""
    own = {
        "list.html": "{% for card in page.cards %}{{ card.title }}{% include 'card.html' %}{% endfor %}",
        "card.html": "{% for tag in card.tags %}{{ tag.text }}{% endfor %}",
        "home.html": "{% for card in page.cards %}{{ card['tags'] }}{% endfor %}",
        "period.html": "{{ page.heading }}",
    }
    found = look.idle_fields(Theme(tuple((name, f"theme/{name}", text) for name, text in own.items())))
    every = {"authors", "tags", "image", "picture"}
    assert found == {"list.html": every - {"tags"}, "period.html": every}


def test_a_template_is_compiled_before_a_page_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what it is made with; what is wrong with it is told where a page is made."""
    own = Theme(
        (
            ("article.html", "theme/article.html", "{% extends 'base.html' %}"),
            ("base.html", "theme/base.html", "prepared"),
            ("list.html", "theme/list.html", "{% if %}"),
            ("home.html", "theme/home.html", "{% include 'nowhere.html' %}"),
        )
    )
    for name in ("article.html", "list.html", "home.html", "period.html"):
        prepare(own, name, "en")
    monkeypatch.setattr(Environment, "compile", None)
    page = Page("articles/x/index.html", "article.html", STORY, None)
    assert render(own, page, SITE, "") == b"prepared"


def test_everything_but_content_is_escaped() -> None:
    """In text and in attributes."""
    text = written('<a title="{{ page.card.title }}">{{ content }}</a>', replace(STORY, card=card('"<&>')), "<b>x</b>")
    assert text == '<a title="&#34;&lt;&amp;&gt;"><b>x</b></a>'


def test_extra_keys_may_be_missing() -> None:
    """Each article has other ones, so a missing one is empty and not an error."""
    view = replace(STORY, extra={"colour": "red", "items": "mine", "hero": {"url": "x.jpg"}, "many": ("a", "b")})
    text = "{{ page.extra.colour }} {{ page.extra.items }} {{ page.extra.hero.url }}{% if page.extra.no %}!{% endif %}"
    loop = "{% for one in page.extra.many %}{{ one }}{% endfor %}{% for one in page.extra.none %}{{ one }}{% endfor %}"
    assert written(text + loop, view) == "red mine x.jpgab"


def test_blocks_leave_no_blank_lines() -> None:
    """A tag on its own line takes the line with it, and the file ends with a line feed."""
    assert written("<ul>\n  {% for a in page.related %}\n<li>\n  {% endfor %}\n</ul>\n") == "<ul>\n<li>\n</ul>\n"


# ------------------------------------------------------------------ logic in templates


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{{ page.title | upper }}", "the filter `upper`"),
        ("{% if page.x is defined %}{% endif %}", "the test `defined`"),
        ("{% set x = 1 %}", "`set`"),
        ("{% macro m() %}{% endmacro %}", "`macro`"),
        ('{% import "x.html" as x %}', "`import`"),
        ('{% from "x.html" import x %}', "`import`"),
        ("{{ page.title.upper() }}", "`(…)`"),
        ("{{ page.cards[0] }}", "`[…]`"),
        ("{{ page.cut + 1 }}", "`add`"),
        ("{% if page.cut > 1 %}{% endif %}", "`compare`"),
        ('{{ "a" if page.cut else "b" }}', "`… if … else …`"),
        ("{% include page.name %}", "`include`"),
        ("{% autoescape false %}{% endautoescape %}", "`autoescape`"),
    ],
)
def test_logic_is_found_with_its_line(text: str, what: str) -> None:
    """A warning: such a theme works, but what it does belongs elsewhere."""
    (problem,) = lint(Theme((("a.html", "theme/a.html", f"<p>\n{text}"),)))
    assert (problem.path, problem.line, problem.severity) == ("theme/a.html", 2, "warning")
    assert problem.code == "template-logic"
    assert problem.message.startswith(what)
    assert problem.excerpt == text


def test_what_a_theme_needs_is_no_logic() -> None:
    """Inheritance, loops with their own names, conditions, and printing."""
    text = """{% extends "base.html" %}{% block x %}{{ super() }}{% include "b.html" %}
    {% for c in page.cards %}{% if loop.first and not c.retracted or page.cut == 1 and c.x != "y" %}{{ c.a.b }}
    {% endif %}{% else %}{# none #}{% endfor %}{% endblock %}"""
    assert lint(Theme((("a.html", "theme/a.html", text),))) == ()


def test_lint_shows_broken_templates_as_render_does() -> None:
    """The same problem twice is the same value, so it is shown once."""
    text = "\n{% if %}"
    assert lint(Theme((("a.html", "theme/a.html", text),))) == (refused(text),)
