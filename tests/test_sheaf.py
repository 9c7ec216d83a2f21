"""What came of a sheaf holds wherever its name comes again: the same is decided with and without a memory."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagwire import plan
from tagwire.model import Ledger, Note, When
from tagwire.plan import stories
from tagwire.plan.sheaf import sheaf
from tagwire.plan.sketch import sketched
from test_plan import CONFIG, LATER, START, article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagwire.model import Article
    from tagwire.plan.outline import Item
    from tagwire.plan.sketch import Sketch

NUMBERS = st.integers(0, 30)
EDITS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(("Dams", "Locks & weirs", "Ärger")),
        "tags": st.sets(st.sampled_from(("x", "y", "C++", "Cyber Attacks", "cyber-attacks")), max_size=3).map(tuple),
        "authors": st.sets(st.sampled_from(("Jo", "Kim")), max_size=2).map(tuple),
        "series": st.sampled_from(("", "S")),
        "day": st.integers(0, 800),
        "updated": st.integers(0, 900),
        "feed": st.booleans(),
        "draft": st.booleans(),
        "aliases": st.just(("old/",)),
        "corrections": st.just((Note(When(START, timed=False), "Was wrong."),)),
        "body": st.sampled_from(("01", "02")),
        "links": st.sampled_from((("n1.md",), ("../articles/n2.md", "n3.md"))),
    },
)
SITES = st.dictionaries(NUMBERS, EDITS, max_size=25)


def articles(site: Mapping[int, dict[str, Any]]) -> tuple[Article, ...]:
    """Each with what was said of it."""
    found = []
    for number, told in sorted(site.items()):
        changes = dict(told)
        day = START + dt.timedelta(days=changes.pop("day", number))
        updated = max(day, START + dt.timedelta(days=changes.pop("updated", 0)))
        rest = {key: changes.pop(key) for key in ("body", "links") if key in changes}
        when = {"published": When(day, timed=False), "updated": When(updated, timed=False)}
        aliases = tuple(f"{alias}{number}/" for alias in changes.pop("aliases", ()))
        one = article(f"n{number}", id=f"urn:n{number}", **when, aliases=aliases, **changes)
        found.append(replace(one, **rest))
    return tuple(found)


def written(site: Mapping[int, dict[str, Any]], before: Sketch | None = None) -> Sketch:
    """The plan of a site in texts."""
    known = {each.name: each for each in before.written} if before else None
    config = replace(CONFIG, per_page=3, per_feed=4, history=bool(len(site) % 2))
    laid, problems = plan.lay_out(articles(site), (), config, LATER, Ledger(), before=known)
    assert laid is not None, problems
    return sketched(laid)


def told(sketch: Sketch) -> list[tuple[object, ...]]:
    """All that is written of it."""
    return [(*each[:6], list(each.lines), list(each.told)) for each in sketch.written]


@settings(max_examples=40)
@given(SITES, SITES, st.sampled_from((2, 128)))
def test_a_plan_is_the_same_whatever_was_known_before(
    one: dict[int, dict[str, Any]], other: dict[int, dict[str, Any]], mean: int
) -> None:
    """Articles that come, go, move, are renamed or written anew: from one site to any other, and from some of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stories, "_MEAN", mean)
        steps: dict[int, dict[str, Any]] = one
        before = written(one)
        for number in sorted({*one, *other})[:6]:
            steps = {key: value for key, value in steps.items() if key != number}
            steps |= {number: other[number]} if number in other else {}
            after = written(steps, before)
            assert told(after) == told(written(steps))
            before = after


def test_an_addition_lays_out_few_sheaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all topics, years and runs of articles only those that show it."""
    monkeypatch.setattr(stories, "_MEAN", 4)
    site: dict[int, dict[str, Any]] = {
        number: {"tags": (f"t{number % 20}",), "day": number * 20} for number in range(200)
    }
    before = written(site)
    names = {each.name for each in before.written}
    after = written({**site, 200: {"tags": ("t0",), "day": 4000}}, before)
    fresh = [each for each in after.written if each.name not in names]
    assert len(after.written) > 80
    assert len(fresh) < 15


@pytest.mark.parametrize("few", [0, 8])
def test_who_shows_a_text_is_told_of_one_and_of_many_alike(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each output once, however many of the texts it shows: a feed has twenty."""
    monkeypatch.setattr("tagwire.plan.sheaf._FEW", few)
    laid, _ = plan.lay_out((article("a"), article("ab"), article("b")), (), CONFIG, LATER)
    assert laid is not None
    sketch, paths = sketched(laid), [article(name).meta.path for name in ("a", "b")]
    expected = [
        number for number, item in enumerate(laid.items) if {whole.path for whole in item.line()[1]}.intersection(paths)
    ]
    assert sketch.users(paths) == expected
    assert set(expected) == {*sketch.users(paths[:1]), *sketch.users(paths[1:])}
    assert sketch.users([]) == sketch.users(["content/articles/none.md"]) == []


def _layer(_: str) -> Iterator[Item]:
    yield from ()


def test_a_layer_is_a_function_of_a_module() -> None:
    """One that holds a value of its own would lay out what no name tells."""
    hidden: tuple[Item, ...] = ()
    assert sheaf(_layer, "a").items == ()
    with pytest.raises(TypeError):
        sheaf(lambda _: hidden, "a")


def test_what_stands_in_the_articles_is_closed_to_layers_whenever_they_are_called() -> None:
    """A sheaf that is known is laid out late, when makers may look at texts."""
    laid, _ = plan.lay_out((article("a"),), (), CONFIG, LATER)
    assert laid is not None
    known = {each.name: each for each in sketched(laid).written}
    again, _ = plan.lay_out((article("a"),), (), CONFIG, LATER, before=known)
    assert again is not None
    assert [item.digest for item in again.items] == [item.digest for item in laid.items]
    assert [item.path for item in again.at({"index.html", "articles/a/index.html"})] == [
        "index.html",
        "articles/a/index.html",
    ]
    assert all(item.make(again.ground) for item in again.items)
