"""Documents, exports, mails and archives, cut up where their own structure is: members, values, elements, bytes.

The law is that of `test_fuzz.py`: articles that are read without an error, or problems; in bounded time.
"""

# ruff: noqa: E501 - tables of names

from __future__ import annotations

import copy
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import seeds
from tagwire import article, intake
from tagwire.intake.bundle import Held
from tagwire.intake.found import Asked, Refused
from tagwire.model import Config
from tagwire.problems import Problem, show
from test_fuzz import ASKED, CASES, MARKUP, SLOWEST, encoded, fuzz, mutate, mutated, within

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CASES"]

_NAMES = (
    *("../../etc/passwd", "/etc/passwd", "C:\\x", "a/../../b", "con", "NUL.txt", "a" * 300, "\u202e.md", "a\\b", "é", "e\u0301"),
    *("META-INF/container.xml", "[Content_Types].xml", "word/document.xml", "content.xml", "posts.csv", "x.json", "x.xml", "a.zip"),
)  # fmt: skip


def all_of(data: bytes, name: str) -> int:
    """Converts a source wholly; each article must be one that a build reads. Gives how many there were."""
    path, asked = f"sources/{name}", Asked(site=ASKED.site, modified=ASKED.modified)
    count = 0
    for item in intake.items(Held(name, data), path, asked):
        if isinstance(item, Problem):
            assert item.code != "reader-stumbled", item.message
            assert show(item, colour=False)
            continue
        made = intake.finish(item, path, asked)
        if isinstance(made, Refused):
            assert made.problems
            assert all(problem.code != "reader-stumbled" for problem in made.problems), made.problems[0].message
            continue
        found, problems = article.read("content/articles/a.md", made.text.encode(), Config("T"))
        assert found, [show(problem, colour=False) for problem in problems]
        for attached in made.attachments:
            assert "/" not in attached.name, "beside the article, nowhere else"
            assert attached.name.strip("."), "a name"
        count += 1
    return count


@pytest.mark.parametrize("kind", seeds.TEXTS)
@fuzz
@given(data=st.data())
def test_texts(kind: str, data: st.DataObject) -> None:
    """Mails, mailboxes, saved pages, Rich Text, and exports that are XML, tables or Markdown."""
    name = {"markdown": "a.md", "beehiiv": "a.csv"}.get(kind, "a")
    source = data.draw(encoded(mutated([seeds.TEXTS[kind]])))
    within(SLOWEST, lambda: all_of(source, name))


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Bytes with some changed, gone, doubled, or cut off."""
    data = bytearray(whole)
    for at, kind, filling in draw(
        st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 3), st.binary(max_size=6)), max_size=6)
    ):
        start = at % (len(data) + 1)
        match kind:
            case 0:
                data[start : start + len(filling)] = filling
            case 1:
                data[start:start] = filling
            case 2:
                del data[start : start + 8 * len(filling)]
            case _:
                data[start:start] = data[start : start + 64]
    return bytes(data)


@pytest.mark.parametrize("kind", seeds.BINARIES)
@fuzz
@given(data=st.data())
def test_bytes(kind: str, data: st.DataObject) -> None:
    """PDF and web archives, by bytes and as text."""
    whole = seeds.BINARIES[kind]
    text = mutated([whole.decode("latin-1")]).map(lambda text: text.encode("latin-1", "replace"))
    source = data.draw(st.one_of(damaged(whole), text))
    within(SLOWEST, lambda: all_of(source, "a"))


_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False),
    MARKUP,
    st.just([]),
    st.just({}),
    st.just([{"a": [None]}]),
    st.just("[" * 2000),
)


def _spots(tree: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    if isinstance(tree, dict):
        found = [(tree, key) for key in tree]
    elif isinstance(tree, list):
        found = [(tree, number) for number in range(len(tree))]
    return found + [spot for holder, key in found for spot in _spots(holder[key])]


@st.composite
def grown(draw: st.DrawFn, tree: object) -> str:
    """JSON with some values of another kind, gone, or elsewhere."""
    tree = copy.deepcopy(tree)
    for at, value, gone in draw(st.lists(st.tuples(st.integers(0, 1 << 12), _VALUES, st.booleans()), max_size=5)):
        spots = _spots(tree)
        if not spots:
            break
        holder, key = spots[at % len(spots)]
        if gone:
            del holder[key]
        else:
            holder[key] = copy.deepcopy(value)
    return json.dumps(tree)


@pytest.mark.parametrize("kind", seeds.TREES)
@fuzz
@given(data=st.data())
def test_trees(kind: str, data: st.DataObject) -> None:
    """Exports that are JSON."""
    whole = json.dumps(seeds.TREES[kind])
    source = data.draw(encoded(st.one_of(grown(seeds.TREES[kind]), mutated([whole]))))
    within(SLOWEST, lambda: all_of(source, "a.json"))


def _members(kind: str) -> Mapping[str, str | bytes]:
    seed = seeds.ARCHIVES[kind]
    if not isinstance(seed, bytes):
        return seed
    with zipfile.ZipFile(io.BytesIO(seed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_MEMBER_EDITS = st.tuples(st.integers(0, 1 << 16), st.integers(0, 80), MARKUP, st.integers(1, 3))


@st.composite
def packed(draw: st.DrawFn, members: Mapping[str, str | bytes]) -> bytes:
    """An archive with members edited, renamed, gone, doubled and added; now and then its bytes are damaged too."""
    files = [(name, data if isinstance(data, bytes) else data.encode()) for name, data in members.items()]
    for which, edits in draw(
        st.lists(st.tuples(st.integers(0, 99), st.lists(_MEMBER_EDITS, min_size=1, max_size=4)), max_size=3)
    ):
        name, data = files[which % len(files)]
        text = mutate(data.decode("latin-1"), edits)
        files[which % len(files)] = (name, text.encode("utf-8" if draw(st.booleans()) else "latin-1", "replace"))
    for which, kind, name in draw(
        st.lists(st.tuples(st.integers(0, 99), st.integers(0, 2), st.sampled_from(_NAMES)), max_size=2)
    ):
        place = which % len(files)
        if kind == 0 and len(files) > 1:
            del files[place]
        else:
            files.append((name if kind == 1 else files[place][0], files[place][1]))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name.replace("\0", "")), data)
    whole = stream.getvalue()
    return draw(damaged(whole)) if draw(st.integers(0, 4)) == 0 else whole


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", seeds.ARCHIVES)
@fuzz
@given(data=st.data())
def test_archives(kind: str, data: st.DataObject) -> None:
    """Office documents, books, and exports that come as an archive."""
    source = data.draw(packed(_members(kind)))
    within(SLOWEST, lambda: all_of(source, "a.zip"))


@pytest.mark.parametrize("kind", [*seeds.TEXTS, *seeds.BINARIES, *seeds.TREES, *seeds.ARCHIVES])
def test_the_seeds_are_articles(kind: str) -> None:
    """What is cut up was whole: otherwise all cases would be refused at once."""
    if kind in seeds.TEXTS:
        data = seeds.TEXTS[kind].encode()
    elif kind in seeds.BINARIES:
        data = seeds.BINARIES[kind]
    elif kind in seeds.TREES:
        data = json.dumps(seeds.TREES[kind]).encode()
    else:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, content in _members(kind).items():
                archive.writestr(name, content)
        data = stream.getvalue()
    assert all_of(data, {"markdown": "a.md", "beehiiv": "a.csv"}.get(kind, "a")) > 0
