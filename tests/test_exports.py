"""One source, many articles: each once, edits and deletions respected, archives that are traps refused."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import pytest

from documents import packed
from tagwire import intake
from tagwire.disk import bundles
from tagwire.intake.bundle import Broken, Held, Zipped, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run, Site

DAM = "The dam is emptied\n\nBy Ada Quill\n\nMarch 3, 2026\n\nThe board emptied the dam above Harlow for repairs.\n"
FERRY = "<h1>The ferry returns</h1>\n<p>The ferry to Skarv sails again from Monday on, said its captain.</p>\n"


def add(made: Site, name: str, data: bytes) -> Run:
    """`tagwire add` of a file with these bytes from outside the site."""
    file = made.root.parent / name
    file.write_bytes(data)
    return made.run("add", str(file))


def articles(made: Site) -> dict[str, str]:
    """The text of every article, by the file's name."""
    return {path.name: path.read_text(encoding="utf-8") for path in (made.root / "content/articles").glob("*.md")}


class TestAnArchiveOfTexts:
    """A zip archive that is no known export: each of its files by itself."""

    def test_each_file_becomes_an_article_that_names_it(self, site: Callable[[str], Site]) -> None:
        """With the archive as source, which is kept."""
        made = site("")
        run = add(made, "inbox.zip", packed({"inbox/dam.txt": DAM, "inbox/ferry.html": FERRY}))
        assert run.code == 0
        assert run.out.splitlines()[-1].endswith("inbox.zip (archive): 2 new")
        found = articles(made)
        assert sorted(found) == ["the-dam-is-emptied.md", "the-ferry-returns.md"]
        assert "\n  path: sources/inbox.zip\n  item: dam.txt\n" in found["the-dam-is-emptied.md"]
        made.build()

    def test_the_same_archive_again_changes_nothing(self, site: Callable[[str], Site]) -> None:
        """By `add` or by a build."""
        made = site("")
        data = packed({"dam.txt": DAM, "ferry.html": FERRY})
        add(made, "inbox.zip", data)
        before = made.outputs("content")
        assert add(made, "inbox.zip", data).out.splitlines()[-1].endswith("2 unchanged")
        assert "converted" not in made.build().out
        assert made.outputs("content") == before

    def test_a_newer_one_changes_only_what_nobody_edited(self, site: Callable[[str], Site]) -> None:
        """Under the same id; the edited one is left, and said to be."""
        made = site("")
        add(made, "inbox.zip", packed({"dam.txt": DAM, "ferry.html": FERRY}))
        ids = {name: text.splitlines()[1] for name, text in articles(made).items()}
        edited = made.root / "content/articles/the-ferry-returns.md"
        edited.write_text(edited.read_text(encoding="utf-8").replace("captain", "owner"), encoding="utf-8")
        newer = packed({"dam.txt": DAM.replace("repairs", "good"), "ferry.html": FERRY.replace("Monday", "Tuesday")})
        run = add(made, "inbox.zip", newer)
        assert run.out.splitlines()[-1].endswith("1 updated, 1 edited here, left as they are")
        found = articles(made)
        assert "for good." in found["the-dam-is-emptied.md"]
        assert "Monday on, said its owner." in found["the-ferry-returns.md"]
        assert {name: text.splitlines()[1] for name, text in found.items()} == ids

    def test_a_deleted_article_stays_deleted(self, site: Callable[[str], Site]) -> None:
        """Also in a clone without any memory."""
        made = site("")
        data = packed({"dam.txt": DAM, "ferry.html": FERRY})
        add(made, "inbox.zip", data)
        (made.root / "content/articles/the-dam-is-emptied.md").unlink()
        made.build()
        assert add(made, "inbox.zip", data).out.splitlines()[-1].endswith("1 unchanged, 1 deleted here, left out")
        assert sorted(articles(made)) == ["the-ferry-returns.md"]

    def test_a_build_converts_one_that_lies_in_sources(self, site: Callable[[str], Site]) -> None:
        """As it does with any source, once."""
        made = site("-- content/pages/about.md --\n---\ntitle: About\n---\nUs.\n")
        (made.root / "content/sources").mkdir()
        (made.root / "content/sources/inbox.zip").write_bytes(packed({"dam.txt": DAM, "ferry.html": FERRY}))
        assert made.build().out.count("converted content/sources/inbox.zip to ") == 2
        assert "converted" not in made.build().out

    def test_two_of_one_name_get_two_addresses(self, site: Callable[[str], Site]) -> None:
        """The second one is told."""
        made = site("")
        other = DAM.replace("for repairs", "for the second time")
        run = add(made, "inbox.zip", packed({"a.txt": DAM, "b.txt": other}))
        assert sorted(articles(made)) == ["the-dam-is-emptied-2.md", "the-dam-is-emptied.md"]
        assert (
            "  not carried over: the name `the-dam-is-emptied` was taken: this one is `the-dam-is-emptied-2`" in run.out
        )

    def test_what_is_no_text_is_named_and_the_rest_converted(self, site: Callable[[str], Site]) -> None:
        """By its path in the archive; the exit code is 1."""
        made = site("")
        run = add(made, "inbox.zip", packed({"dam.txt": DAM, "photo.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(64)}))
        assert run.code == 1
        assert run.out.splitlines()[-1].endswith("1 new, 1 refused")
        assert re.search(r"inbox\.zip\S*photo\.jpg: error\[source-not-text\]", run.err)

    def test_outside_a_site_it_goes_where_it_is_told(self, tmp_path: Path, site: Callable[[str], Site]) -> None:
        """With a copy of the archive and its receipt; a second time nothing happens."""
        made = site("")
        out = tmp_path / "converted"
        file = tmp_path / "inbox.zip"
        file.write_bytes(packed({"dam.txt": DAM, "ferry.html": FERRY}))
        for expected in ("2 new", "2 unchanged"):
            assert made.run("add", str(file), "--out", str(out)).out.splitlines()[-1].endswith(expected)
        names = ["inbox.zip", "inbox.zip.items", "the-dam-is-emptied.md", "the-ferry-returns.md"]
        assert sorted(path.name for path in out.iterdir()) == names


class TestTraps:
    """Archives that would fill a disk, lead out of their folder, or are broken."""

    def refused(self, data: bytes) -> str:
        """The code with which an archive is refused."""
        with pytest.raises(Broken) as caught:
            Zipped(io.BytesIO(data))
        return caught.value.code

    def test_a_bomb_is_not_unpacked(self) -> None:
        """One that shrinks as nothing does that people write."""
        assert self.refused(packed({"a.txt": b"\0" * (64 << 20)})) == "archive-suspicious"

    def test_half_an_archive_is_refused(self) -> None:
        """Its list of files is at its end."""
        data = packed({"a.txt": DAM, "b.txt": FERRY})
        assert self.refused(data[: len(data) // 2]) == "archive-broken"

    def test_an_archive_with_a_password_is_refused(self) -> None:
        """The bit in the list of files says so."""
        data = bytearray(packed({"a.txt": DAM}))
        data[data.rindex(b"PK\x01\x02") + 8] |= 1
        assert self.refused(bytes(data)) == "archive-locked"

    def test_a_damaged_file_is_named(self) -> None:
        """Its checksum tells."""
        data = bytearray(packed({"a.txt": DAM, "b/c.txt": FERRY}))
        data[45] ^= 0xFF
        with pytest.raises(Broken) as caught:
            read(Zipped(io.BytesIO(bytes(data))), "a.txt")
        assert (caught.value.code, "`a.txt`" in caught.value.message) == ("archive-broken", True)

    def test_no_path_leads_out(self) -> None:
        """Those of other systems neither; noise of macOS is left out."""
        names = ["../up.txt", "/root.txt", "a/../../b.txt", "C:/x.txt", "__MACOSX/a.txt", "good/a.txt", "good\\b.txt"]
        assert list(Zipped(io.BytesIO(packed(dict.fromkeys(names, "x")))).names()) == ["a.txt", "b.txt"]

    def test_a_file_that_is_too_large_is_not_read(self) -> None:
        """Its size is looked at first."""
        with pytest.raises(Broken) as caught:
            read(Held("a.txt", b"x" * 100), "a.txt", most=99)
        assert caught.value.code == "source-too-large"


def test_the_same_folder_packs_to_the_same_bytes(tmp_path: Path) -> None:
    """Whenever and in whatever order its files were written; hidden ones and links stay out."""
    for name, order in (("one", ["a.txt", "b/c.txt"]), ("two", ["b/c.txt", "a.txt"])):
        for file in order:
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file, encoding="utf-8")
    (tmp_path / "two/.hidden").write_text("x", encoding="utf-8")
    (tmp_path / "two/link.txt").symlink_to(tmp_path / "one/a.txt")
    for name in ("one", "two"):
        bundles.copy(tmp_path / name, tmp_path / f"{name}.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_an_article_file_tells_where_it_comes_from() -> None:
    """Whatever its id and key need as quotes."""
    text = (
        "---\nid: 'https://x.test/?p=1'\ntitle: T\nsource:\n  path: sources/x.zip\n  item: \"a: b's\"\n"
        "  sha256: ab\n  converted: cd\n  left:\n    - 'path: no'\n---\n\nText.\n"
    )
    found = intake.origin(text)
    assert (found.id, found.path, found.item) == ("https://x.test/?p=1", "sources/x.zip", "a: b's")
    assert intake.origin("No front matter").path == ""


class TestTwoOfOneId:
    """Sources that are given in one run and state one id."""

    FEED = (
        "<rss version='2.0'><channel><title>Valley</title><link>https://valley.example/</link><item>"
        "<title>{title}</title><guid isPermaLink='false'>tag:valley.example,2024:1</guid>"
        "<pubDate>Sat, 02 Mar 2024 09:00:00 +0000</pubDate><description>&lt;p>{text}&lt;/p></description>"
        "</item></channel></rss>"
    )

    def test_the_second_export_does_not_take_the_place_of_the_first(self, site: Callable[[str], Site]) -> None:
        """It is told, both are named, and by itself it is taken as the newer one."""
        made = site("")
        first, second = made.root.parent / "first.xml", made.root.parent / "second.xml"
        first.write_text(self.FEED.format(title="The dam", text="The dam is emptied on Monday, says the valley."))
        second.write_text(self.FEED.format(title="The weir", text="The weir is open again, says the valley."))
        run = made.run("add", str(first), str(second))
        assert run.code == 1
        assert "id-taken" in run.err
        assert "the-dam.md, which sources/first.xml has just given" in run.err
        assert str(second) in run.err
        assert list(articles(made)) == ["the-dam.md"]
        assert "The dam is emptied" in articles(made)["the-dam.md"]
        assert made.run("add", str(first), str(second)).code == 1
        assert "The dam is emptied" in articles(made)["the-dam.md"]
        assert made.run("add", str(second)).code == 0
        assert "The weir is open" in articles(made)["the-dam.md"]

    def test_the_same_article_in_two_exports_is_no_fault(self, site: Callable[[str], Site]) -> None:
        """Exports overlap."""
        made = site("")
        names = [made.root.parent / name for name in ("first.xml", "second.xml")]
        for file in names:
            file.write_text(self.FEED.format(title="The dam", text="The dam is emptied on Monday, says the valley."))
        assert made.run("add", *map(str, names)).code == 0
        assert list(articles(made)) == ["the-dam.md"]

    def test_two_texts_that_state_one_id(self, site: Callable[[str], Site]) -> None:
        """The first stays, the other is told; two files with the same bytes are one article."""
        made = site("")
        for name, text in (("a.md", "The dam."), ("b.md", "The weir."), ("c.md", "The dam.")):
            (made.root.parent / name).write_text(f"---\ntitle: Water\nid: urn:x:1\ndate: 2024-03-02\n---\n{text}\n")
        for _ in range(2):  # the second time, nothing is there that the first has not decided
            run = made.run("add", *(str(made.root.parent / name) for name in ("a.md", "b.md", "c.md")))
            assert run.code == 1
            assert "b.md: error[id-taken]" in run.err
            assert "c.md: unchanged" in run.out
            assert list(articles(made)) == ["a.md"]


def test_the_same_text_twice_in_one_export_is_told(site: Callable[[str], Site]) -> None:
    """Whatever stands around it, and under whatever title; both stay."""
    text = "".join(
        f"&lt;p>Paragraph {n} tells of the long winter in the {place} and of the ferry that did not sail.&lt;/p>"
        for n, place in enumerate(("north", "south", "east", "west", "middle", "harbour"))
    )
    around = (
        "&lt;p>A word from those who keep the archive of the valley in good order, year after year, stands here.&lt;/p>"
    )
    items = "".join(
        f"<item><title>Winter {n}</title><guid isPermaLink='false'>tag:valley.example,2024:{n}</guid>"
        f"<pubDate>Sat, 02 Mar 2024 09:00:00 +0000</pubDate><description>{each}</description></item>"
        for n, each in enumerate((text, around + text, around))
    )
    made = site("")
    feed = f"<rss version='2.0'><channel><title>V</title><link>https://v.example/</link>{items}</channel></rss>"
    run = add(made, "feed.xml", feed.encode())
    assert run.out.count("the same text as content/articles/winter-0.md") == 1
    assert run.out.splitlines()[-1].endswith("3 new; 1 duplicate")
    assert len(articles(made)) == 3
    report = json.loads(
        made.run("add", str(made.root.parent / "feed.xml"), "--json", "--out", str(made.root / "o")).out
    )
    assert report["counts"]["duplicates"] == 1
    assert [row["twin"] for row in report["sources"] if "twin" in row] == ["winter-0.md"]
    (made.root / "o/winter-1.md").unlink()
    (made.root / "o/feed.xml.items").unlink()
    again = made.run("add", str(made.root.parent / "feed.xml"), "--json", "--out", str(made.root / "o")).out
    assert [row["twin"] for row in json.loads(again)["sources"] if "twin" in row] == ["winter-0.md"]  # was interrupted
