"""Raw articles on their way into a site: once, with a record, and never over what people wrote."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from tagwire.cli import tagwire

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from conftest import Site

STORY = """
-- content/sources/dam.txt --
The regional water board announced on Monday that the Harlow dam would be emptied for repairs.

“Nobody downstream will notice,” said Ada Quill, who has run it since 2011. “We have done this before [sic].”

Farmers near Harlow doubt it. The dam last failed in the spring, when two villages stood under water for a week.

Keep Our Reporters
in the Field

We depend on readers like you. Your monthly donation helps us to go on reporting from the valley.

Please support our work today. We thank you for your generosity.
"""


def article(made: Site) -> Path:
    """The one article that a site has."""
    (path,) = (made.root / "content/articles").glob("*.md")
    return path


def test_a_source_is_converted_once(site: Callable[[str], Site]) -> None:
    """It says what it did; the next build changes neither article nor source."""
    made = site(STORY)
    source = made.read("content/sources/dam.txt")
    first = made.build(now="2030-01-01T00:00:00Z")
    assert re.search(
        r"^converted content/sources/dam.txt to content/articles/\S+\.md \(1 passage left out\)$",
        first.out,
        re.MULTILINE,
    )
    text = article(made).read_text(encoding="utf-8")
    second = made.build(now="2030-01-01T00:00:00Z")
    assert "converted" not in second.out
    assert (article(made).read_text(encoding="utf-8"), made.read("content/sources/dam.txt")) == (text, source)


def test_the_appeal_is_cut_and_recorded_and_the_news_is_whole(site: Callable[[str], Site]) -> None:
    """Nothing of the appeal is in any page or feed; rule, lines and hash are in the front matter."""
    made = site(STORY)
    made.build(now="2030-01-01T00:00:00Z")
    text = article(made).read_text(encoding="utf-8")
    assert re.search(r"\{lines: 7-12, rule: donation-appeal, sha256: [0-9a-f]{64}\}", text)
    everything = b"".join(data for path, data in made.outputs().items() if path.endswith((".html", ".xml")))
    for gone in ("Keep Our Reporters", "donation helps", "generosity"):
        assert gone.encode() not in everything
    for kept in ("“Nobody downstream will notice,”", "since 2011. “We have done this before [sic].”", "for a week."):
        assert kept.encode() in everything


def test_a_date_of_the_file_is_said_to_be_one(site: Callable[[str], Site]) -> None:
    """A warning names the line to mend, in the file that was written."""
    made = site(STORY)
    run = made.build(now="2030-01-01T00:00:00Z")
    path = article(made)
    place = re.search(r"^content/articles/(\S+\.md):(\d+):\d+: warning\[date-from-file\]", run.err, re.MULTILINE)
    assert place is not None
    assert path.read_text(encoding="utf-8").splitlines()[int(place[2]) - 1].startswith("published: ")
    assert place[1] == path.name


def test_a_hand_edit_stays_while_its_source_stays(site: Callable[[str], Site]) -> None:
    """Title, date, text: whatever the owner mended."""
    made = site(STORY)
    made.build(now="2030-01-01T00:00:00Z")
    path = article(made)
    edited = re.sub("(?m)^published: .*$", "published: 2026-02-03", path.read_text(encoding="utf-8")).replace(
        "date_source: file\n", ""
    )
    path.write_text(edited, encoding="utf-8")
    made.build()
    assert path.read_text(encoding="utf-8") == edited


def test_a_changed_source_is_converted_again_under_the_same_id(site: Callable[[str], Site]) -> None:
    """As long as nobody edited the article: same file, same id, same date, new text."""
    made = site(STORY)
    made.build(now="2030-01-01T00:00:00Z")
    before = article(made).read_text(encoding="utf-8")
    made.write(STORY.replace("for a week", "for a month"))
    made.build(now="2030-01-01T00:00:00Z")
    after = article(made).read_text(encoding="utf-8")
    assert "for a month" in after
    for key in ("id", "published", "date_source"):
        assert re.findall(f"(?m)^{key}: .*$", before) == re.findall(f"(?m)^{key}: .*$", after)


def test_a_hand_edited_article_is_never_overwritten(site: Callable[[str], Site]) -> None:
    """If its source changes too, that is a problem with both names, and nothing is written."""
    made = site(STORY)
    made.build(now="2030-01-01T00:00:00Z")
    path = article(made)
    path.write_text(path.read_text(encoding="utf-8").replace("Farmers", "Some farmers"), encoding="utf-8")
    edited = path.read_bytes()
    made.write(STORY.replace("for a week", "for a month"))
    outputs = made.outputs()
    run = made.run("build", now="2030-01-01T00:00:00Z")
    assert run.code == 1
    assert f"content/articles/{path.name}: error[source-changed]" in run.err
    assert "content/sources/dam.txt" in run.err
    assert (path.read_bytes(), made.outputs()) == (edited, outputs)


def test_a_renamed_source_is_the_same_source(site: Callable[[str], Site]) -> None:
    """No second article comes of it, nor of a copy."""
    made = site(STORY)
    made.build(now="2030-01-01T00:00:00Z")
    (made.root / "content/sources/dam.txt").rename(made.root / "content/sources/dam 2.txt")
    made.build(now="2030-01-01T00:00:00Z")
    (made.root / "content/sources/copy.txt").write_bytes((made.root / "content/sources/dam 2.txt").read_bytes())
    made.build(now="2030-01-01T00:00:00Z")
    assert article(made).exists()


def test_two_clones_mint_the_same_id(site: Callable[[str], Site], tmp_path: Path) -> None:
    """The id comes from the site's address and the source's bytes."""
    made = site(STORY)
    made.build(now="2030-01-01T00:00:00Z")
    other = type(made)(tmp_path / "clone")
    for file in ("tagwire.toml", "content/sources/dam.txt"):
        (other.root / file).parent.mkdir(parents=True, exist_ok=True)
        (other.root / file).write_bytes((made.root / file).read_bytes())
    other.build(now="2030-01-01T00:00:00Z")
    ids = {re.findall("(?m)^id: .*$", article(s).read_text(encoding="utf-8"))[0] for s in (made, other)}
    assert len(ids) == 1


def test_a_source_that_is_no_text_is_refused_by_name(site: Callable[[str], Site]) -> None:
    """The others are converted all the same; site/ is not touched."""
    made = site(STORY)
    (made.root / "content/sources/photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)))
    run = made.run("build", now="2030-01-01T00:00:00Z")
    assert run.code == 1
    assert "content/sources/photo.jpg: error[source-not-text]" in run.err
    assert not (made.root / "site").exists()
    assert article(made).exists()


# ------------------------------------------------------------------ tagwire add


def add(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """(exit code, stdout, stderr) of `tagwire -C folder add …`."""
    result = CliRunner().invoke(tagwire, ["-C", str(folder), "add", *arguments], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def raw(folder: Path) -> Path:
    """A raw article outside any site."""
    file = folder / "dam.txt"
    file.write_text(STORY.partition("--\n")[2], encoding="utf-8")
    return file


def test_add_takes_a_file_into_the_site(site: Callable[[str], Site], tmp_path: Path) -> None:
    """Source and article, with the tags, title and date that were asked for; a second time it is there already."""
    made = site("")
    file = raw(tmp_path)
    code, out, _ = add(
        made.root, str(file), "--tag", "Water", "--title", "Harlow dam to be emptied", "--date", "2026-03-04"
    )
    assert (code, out.splitlines()[0]) == (
        0,
        f"{file} -> content/articles/harlow-dam-to-be-emptied.md: Harlow dam to be emptied",
    )
    text = made.read("content/articles/harlow-dam-to-be-emptied.md")
    assert "published: 2026-03-04\n" in text
    assert "tags: [Water" in text
    assert made.read("content/sources/dam.txt") == file.read_text(encoding="utf-8")
    assert "converted" not in made.build().out
    code, out, _ = add(made.root, str(file))
    assert (code, out) == (0, f"{file}: unchanged, it is content/articles/harlow-dam-to-be-emptied.md\n")
    code, _, err = add(made.root, str(file), "--title", "Another")
    assert (code, "error[already-added]" in err) == (1, True)


def test_add_works_outside_any_site(tmp_path: Path) -> None:
    """With --out the source is copied beside the result, so that every cut can be restored."""
    file = raw(tmp_path)
    out = tmp_path / "converted"
    assert add(tmp_path, str(file), "--out", str(out))[0] == 0
    assert sorted(path.suffix for path in out.iterdir()) == [".md", ".txt"]
    named = tmp_path / "one" / "story.md"
    assert add(tmp_path, str(file), "--out", str(named))[0] == 0
    assert named.exists()


def test_add_prints_and_writes_nothing_with_stdout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Markdown alone is on stdout; `--why` tells on stderr what was understood."""
    monkeypatch.chdir(tmp_path)
    file = raw(tmp_path)
    code, out, err = add(tmp_path, str(file), "--stdout", "--why")
    assert (code, out.startswith("---\nid: urn:uuid:"), [path.name for path in tmp_path.iterdir()]) == (
        0,
        True,
        ["dam.txt"],
    )
    assert "title: " in err
    assert "donation-appeal" in err


def test_add_keep_all_cuts_nothing(tmp_path: Path) -> None:
    """Every word of the source is in the result."""
    file = raw(tmp_path)
    code, out, _ = add(tmp_path, str(file), "--stdout", "--keep-all")
    assert (code, "cut:" in out, "We thank you for your generosity." in out) == (0, False, True)


def test_add_refuses_what_can_not_be_meant(tmp_path: Path) -> None:
    """Wrong usage ends with 2."""
    file = str(raw(tmp_path))
    wrong = [
        [file, "--date", "yesterday"],
        [file, "--stdout", "--out", "x"],
        [file, file, "--title", "T"],
        [],
    ]
    assert [add(tmp_path, *arguments)[0] for arguments in wrong] == [2, 2, 2, 2]
    assert add(tmp_path, str(tmp_path / "nothing.txt"))[0] == 1
