"""Any series of edits, by anybody, of anything: the incremental build gives the bytes of a clean one.

`TAGWIRE_EDITS=2500 pytest tests/test_edits.py` is the long run, of 10,000 edits;
a short one belongs to every run of the tests.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from typing import TYPE_CHECKING

import pytest

from conftest import Site

if TYPE_CHECKING:
    from pathlib import Path

EDITS = int(os.environ.get("TAGWIRE_EDITS", "6"))
SAMPLE = 1 if EDITS <= 100 else 25
"""Of so many edits in a row, the site after the last one is compared with a clean build."""
WORDS = "alpha beta gamma delta Ünïcode <b>&amp;</b> C++ 東京 שלום".split()
FIELDS: dict[str, list[str]] = {
    "title": [json.dumps(word) for word in WORDS],
    "published": ["2026-01-01", "2026-01-02T10:00:00+09:00", "2026-02-01T23:30:00-05:00", "2027-01-01", "2025-12-31"],
    "updated": ["2027-03-01", "2027-03-02T10:00:00Z", ""],
    "authors": ["[Jane Roe]", "[Jane Roe, Li Wen]", ""],
    "tags": ["[alpha, beta]", "[Beta]", "[C++]", "[]", ""],
    "summary": ["Another summary.", ""],
    "slug": ["other-{n}", "", ""],
    "lang": ["he", "de", ""],
    "draft": ["true", "false", ""],
    "feed": ["false", ""],
    "noindex": ["true", ""],
    "expires": ["2026-06-01", "2030-01-01", ""],
    "aliases": ["[/old/{n}/]", ""],
    "canonical": ["https://elsewhere.example/{n}", ""],
    "image": ["pic.svg", "https://x.example/p.jpg", ""],
    "series": ["Numbers", ""],
    "corrections": ["[{{date: 2027-01-02, note: A name.}}]", ""],
    "retracted": ["{{date: 2027-02-01, note: Invented.}}", "", ""],
    "extra": ["{{mood: good}}", ""],
}
SETTINGS = ["per_page = 3", "per_feed = 3", 'lang = "de"', 'links = "index"', 'author = "X"', 'copyright = "©"',
            'hub = "https://hub.example/"', '[views.v]\nall = ["alpha"]', '[tags]\naliases = {{beta = "Gamma"}}',
            'menu = [{{name = "About", url = "/about/"}}]', 'permalink = "{{year}}/{{slug}}/"', ""]  # fmt: skip
BODIES = [
    "Text.",
    "# H\n\n[tag](/tags/alpha/)",
    "![p](pic.svg)",
    "[other](n1.md#x)",
    "`code` *and* ~~more~~\n\n| a |\n|-|\n| b |",
]


class Editor:
    """Somebody who edits a site."""

    def __init__(self, root: Path, seed: int, engine: str) -> None:
        self.root, self.chance, self.engine = root, random.Random(seed), engine  # noqa: S311 - edits, not secrets
        self.heads: dict[int, dict[str, str]] = {}
        self.bodies: dict[int, str] = {}
        (root / "content/articles").mkdir(parents=True)
        (root / "content/pages").mkdir()
        (root / "content/static").mkdir()
        (root / "content/articles/pic.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
        (root / "content/pages/about.md").write_text("# About\n\nText.\n")
        self._setting("")
        for number in range(8):
            self._add(number)

    def edit(self) -> str:
        """Does something, and tells what."""
        kinds = (
            ["body"] * 4
            + ["field"] * 5
            + ["add", "delete", "setting", "template", "asset", "page", "nothing", "output"]
        )
        kind = self.chance.choice(kinds)
        number = self.chance.choice(list(self.heads))
        match kind:
            case "body":
                self.bodies[number] += f"\n\n{self.chance.choice(BODIES)}"
                self._write(number)
            case "field":
                field = self.chance.choice(list(FIELDS))
                self.heads[number][field] = self.chance.choice(FIELDS[field]).format(n=number)
                self._write(number)
                kind += f" {field}"
            case "add":
                self._add(max(self.heads) + 1)
            case "delete" if len(self.heads) > 4 and number != 1:
                del self.heads[number]
                (self.root / f"content/articles/n{number}.md").unlink()
            case "setting":
                self._setting(self.chance.choice(SETTINGS).format())
            case "template":
                (self.root / "theme").mkdir(exist_ok=True)
                text = self.chance.choice(["<p>{{ page.heading }}</p>", "<i>{{ content }}</i>"])
                (self.root / "theme/page.html").write_text(text)
            case "asset":
                (self.root / "content/articles/pic.svg").write_text(f"<svg>{self.chance.random()}</svg>")
            case "page":
                (self.root / "content/pages/about.md").write_text(f"# About\n\n{self.chance.choice(BODIES[:2])}\n")
            case "output":
                (self.root / "site/index.html").unlink(missing_ok=True)
            case _:
                pass
        return f"{kind} {number}"

    def rewrite(self) -> None:
        """Adds to every text at once."""
        for number in self.heads:
            self.bodies[number] += "\n\nMore."
            self._write(number)

    def _add(self, number: int) -> None:
        self.heads[number] = {"title": f"N{number}", "published": f"2026-01-{number % 28 + 1:02}", "tags": "[alpha]"}
        self.bodies[number] = self.chance.choice(BODIES)
        self._write(number)

    def _write(self, number: int) -> None:
        lines = "".join(f"{key}: {value}\n" for key, value in self.heads[number].items() if value)
        text = f"---\nid: urn:x:{number}\n{lines}---\n{self.bodies[number]}\n"
        (self.root / f"content/articles/n{number}.md").write_text(text, encoding="utf-8")

    def _setting(self, line: str) -> None:
        text = f'title = "T"\nurl = "https://t.example/news/"\nengine = "{self.engine}"\n{line}\n'
        (self.root / "tagwire.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_any_series_of_edits_gives_the_bytes_of_a_clean_build(tmp_path: Path, engine: str, jobs: str) -> None:
    """Or the problems of one."""
    seed = int(os.environ.get("TAGWIRE_SEED", "0")) or random.randrange(10**6)  # noqa: S311 - as above
    editor, made = Editor(tmp_path / "site", seed, engine), Site(tmp_path / "site")
    told = [f"TAGWIRE_SEED={seed}"]
    for number in range(EDITS):
        told = [*told[:1], *told[-40:], editor.edit()]
        run = made.run("build", "--jobs", jobs)
        if (number + 1) % SAMPLE:
            continue
        clean = Site(tmp_path / "clean")
        shutil.copytree(made.root, clean.root, ignore=shutil.ignore_patterns(".tagwire", "site"))
        anew = clean.run("build", "--jobs", "1")
        assert (run.code, run.err) == (anew.code, anew.err), (number, told)
        if run.code == 0:
            one, other = made.outputs(), clean.outputs()
            assert {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)} == set(), told
        shutil.rmtree(clean.root)
