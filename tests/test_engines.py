"""Two Markdown engines: one shape of HTML, CommonMark's own cases, and the comparison of both."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwire import prose
from tagwire.model import Draft, Meta
from tagwire.pipeline import engines
from tagwire.problems import Stopped
from tagwire.prose import commonmark

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Site

ROOT = Path(__file__).parent.parent
META = Meta("content/pages/a.md", "a/", "A", "", "en", False, False, "", (), "", (), "{}", ())

SHARED = {
    "paragraphs": "One *two* **three** `four < five`.\n\nSix  \nseven.\n",
    "headings": "# Top\n\nText.\n\n## Über *uns* & `C++`\n\n## Über *uns* & `C++`\n",
    "heading-attributes": "## Named {#place .big}\n\n## Named {.big}\n",
    "paragraph-attributes": "Lead\nin two lines.\n{: .lead #x}\n",
    "attached-attributes": "![a](b.png){.wide width=300} and [c](d/){: .btn}\n",
    "tables": "| a | b | c |\n|:--|--:|:-:|\n| 1 | *2* | 3 |\n",
    "code": '```python\nx = "<b>"  # {#no}\n## not a heading\n```\n\n    indented\n',
    "footnotes": "A claim[^1], one more[^b].\n\n[^1]: A note.\n[^b]: Another.\n",
    "definitions": "Term\n:   Meaning *it*.\n\nOther\n\n:   In a paragraph.\n",
    "lists": "- one\n    - deep\n- two\n\nText.\n\n3. three\n4. four\n",
    "quotes": "> Said *so*.\n>\n> Twice.\n",
    "html": '<div class="x">\n<b>raw</b>\n</div>\n\nAn <kbd>inline</kbd>.\n',
    "escapes": r"\*no\* 3 < 4 & \<b> &lt;script&gt; &copy;" + "\n",
    "links": '[a](http://x.example/?a=1&b=2 "T") <http://y.example/> ![p](q.png "R") [ref][r]\n\n[r]: z/ "Z"\n',
}
"""What both engines understand."""


def rendered(markdown: str, engine: str) -> list[str]:
    """Words and tags of a text as readers see them."""
    return engines.tokens(prose.render(Draft(META, markdown, 1), trusted=False, engine=engine).page)


@pytest.mark.parametrize("name", SHARED)
def test_what_both_understand_they_render_alike(name: str) -> None:
    """Themes, feed readers and links see one shape of HTML, ids and classes included."""
    assert rendered(SHARED[name], "commonmark") == rendered(SHARED[name], "markdown")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("~~gone~~", "<del>gone</del>"),
        ("- [x] done\n- [ ] todo", "<li>☑ done</li>\n<li>☐ todo</li>"),
        ("See https://a.example/b.", '<a href="https://a.example/b">'),
        ("> [!NOTE]\n> Careful.", 'class="markdown-alert markdown-alert-note"'),
        ("Text\n- at once", "<li>at once</li>"),
        ("A[^n] and B[^n].\n\n[^n]: Note.", 'href="#fnref:n-2"'),
        ("Term\n: One\n\n    Two", "<dd>\n<p>One</p>\n<p>Two</p>\n</dd>"),
        (
            "Term\n:\tOne\n: Two\n\n\tThree\n\nOther\n: Four",
            "<p>Two</p>\n<p>Three</p>\n</dd>\n<dt>Other</dt>\n<dd>Four</dd>",
        ),
        ("~~~\nTerm\n: One\n\n    Two\n~~~\n\nT\n: D", "Term\n: One\n\n    Two\n"),
        ("<pre>\nTerm\n: One\n\n    Two\n</pre>\n\nT\n: D", "Term\n: One\n\n    Two\n"),
        ("## Raw\n\n<h3 id='raw'>x</h3>", '<h2 id="raw-2">'),
        ("## {#only}", '<h2 id="only">'),
        ("## Brace {not one}", "Brace {not one}"),
        ("## Sharp {a='b}", "Sharp {a="),
        ("``` {.python .wide}\nx\n```", '<code class="language-python">'),
        ("```{.c++}\nx\n```", '<code class="language-c++">'),
    ],
)
def test_githubs_dialect(markdown: str, expected: str) -> None:
    """What GitHub's readers know, and what looks like an attribute list but is none."""
    assert expected in commonmark.in_our_shape(commonmark.written(markdown))


def test_no_reference_stays_text_for_the_length_of_its_address() -> None:
    """comrak gives up where addresses put in are longer than the text: from the seventh link on, here."""
    text = " ".join(f"[w{number}][r]" for number in range(60)) + f"\n\n[r]: https://a.example/{'p' * 120}\n"
    assert commonmark.written(text).count("<a href=") == 60


DIFFERENT = {
    "the same on a list": "A **word**{: .x} here.\n",
    "abbreviations": "The HTML.\n\n*[HTML]: Hyper\n",
    "Markdown inside of HTML": '<div markdown="1">\n*in*\n</div>\n',
    "a list inside of a list": "- a\n  - b\n    - c\n",
    "a list right below": "Text\n- at once\n",
    "a paragraph inside": "1. a\n\n   b\n",
    "several lines above": "one\ntwo\n===\n",
    "bold between": "**(a)**b\n",
    "a fence that nothing closes": "```\nx\n",
    "numbers of footnotes": "A[^b] and B[^a].\n\n[^a]: One.\n\n[^b]: Two.\n",
    "a list behind an empty line": "- a\n\n* b\n",
    "one empty line inside": "- a\n- b\n\n- c\n",
    "`1)`": "1) one\n2) two\n",
    "code between fences": "- a\n\n  ```\n  x\n  ```\n",
    "a table right below": "Text\n| a |\n|---|\n| 1 |\n",
    "a vertical bar": "| a | b |\n|---|---|\n| 1 | `x|y` |\n",
    "an empty line between two quotes": "> a\n\n> b\n",
    "`\\` at the end": "one\\\ntwo\n",
    "`\\` before": "a \\~ b\n",
    "a space in the address": "[b](/x y)\n",
    "`~~struck out~~`": "~~gone~~ ~too~\n",
    "code behind a fence with `{": "``` {.python .wide}\nx\n```\n",
    "code behind a fence with `python": "``` python {.wide}\nx\n```\n",
    "`- [ ]`": "- [ ] todo\n",
    "a bare": "See https://a.example/ or me@a.example.\n",
    "`> [!NOTE]`": "> [!NOTE]\n> Careful.\n",
    "a footnote": "A[^a b].\n\n[^a b]: Note.\n",
}
"""A text of each row of the handbook's table in which the engines differ, by how the row begins."""


@pytest.mark.parametrize("row", DIFFERENT)
def test_what_the_handbook_says_differs_does(row: str) -> None:
    """In no other way would anybody believe the table."""
    assert rendered(DIFFERENT[row], "commonmark") != rendered(DIFFERENT[row], "markdown")


def test_every_row_of_the_handbook_is_tried() -> None:
    """Those that say the same of both are the texts that both render alike."""
    lines = (ROOT / "content/pages/handbook/engines.md").read_text(encoding="utf-8").splitlines()
    rows = [line.removeprefix("| ") for line in lines if line.startswith("| ")][3:]
    told = [row for row in rows if not row.endswith(("| yes | yes |", "| the same |"))]
    assert [row for row in told if not row.startswith(tuple(DIFFERENT))] == []
    assert [begin for begin in DIFFERENT if not any(row.startswith(begin) for row in told)] == []


@pytest.mark.parametrize(
    "hostile", ["<h2>", "<pre>", "<p>{", "x\n{: ", "<h2>x\n", "![a](b){", "[a](b){:", "<code>{: a}"]
)
def test_twenty_thousand_openings_are_one_pass(hostile: str) -> None:
    """Elements that nothing closes are looked for once: not for minutes, and nothing is lost."""
    assert len(commonmark.in_our_shape(commonmark.written(hostile * 20_000))) >= 20_000 * len(hostile.strip("{:"))


@given(st.text(max_size=300))
def test_any_text_is_rendered_by_both(text: str) -> None:
    """Or is a problem; never an exception."""
    for engine in ("markdown", "commonmark"):
        with contextlib.suppress(Stopped):
            assert prose.render(Draft(META, text, 1), trusted=False, engine=engine).page.parts


def test_a_missing_engine_is_named_with_its_remedy(
    site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody guesses the name of an extra."""
    made = site('-- tagwire.toml --\ntitle = "T"\nengine = "commonmark"\n')
    monkeypatch.setattr(prose, "lacks", lambda name: name == "commonmark")
    run = made.run("build")
    assert run.code == 1
    assert "error[extra-missing]: the engine `commonmark` is not installed" in run.err
    assert "help: run: pip install 'tagwire[fast]'" in run.err


SITE = """
-- tagwire.toml --
title = "T"
url = "https://a.example/"
-- content/articles/alike.md --
---
title: A
published: 2026-01-01
---

One “quoted” *word*.
-- content/articles/other.md --
---
title: B
published: 2026-01-01
---

This is ~~struck~~ out.
"""


def test_the_setting_changes_pages_and_feeds(site: Callable[[str], Site]) -> None:
    """And back again, whatever the memory holds."""
    made = site(SITE)
    made.build()
    before = made.outputs()
    made.write(SITE.replace('title = "T"', 'title = "T"\nengine = "commonmark"'))
    made.build()
    assert "<del>struck</del>" in made.read("site/articles/other/index.html")
    assert "&lt;del&gt;struck&lt;/del&gt;" in made.read("site/atom.xml")
    made.write(SITE)
    made.build()
    assert made.outputs() == before


def test_the_comparison_names_article_and_place(site: Callable[[str], Site]) -> None:
    """An article that both read alike isn't named; the other one is, from the first difference on."""
    found = engines.compare(site(SITE).root)
    assert found.articles == 2
    assert [(each.path, each.markdown, each.commonmark) for each in found.differences] == [
        ("content/articles/other.md", "~~struck~~ out. </p>", "<del> struck </del> out. </p>")
    ]


def test_the_command_shows_both_readings(site: Callable[[str], Site]) -> None:
    """What each engine makes of the place stands below the other."""
    run = site(SITE).run("check", "--engine-diff")
    assert run.code == 0
    assert run.out == (
        "content/articles/other.md\n"
        "  markdown:   ~~struck~~ out. </p>\n"
        "  commonmark: <del> struck </del> out. </p>\n"
        "2 rendered: 1 would look different\n"
    )


# ------------------------------------------------------------------ the specification's own cases

_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="session")
def specification(tmp_path_factory: pytest.TempPathFactory) -> str:
    """CommonMark's specification from the npm registry: it has a licence of its own, so it isn't kept here."""
    npm = shutil.which("npm")
    if npm is None:
        if os.environ.get("TAGWIRE_ALL_PROGRAMS"):
            pytest.fail("npm is not installed")
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("spec")
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "commonmark-spec@0.31.2"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return (folder / "node_modules/commonmark-spec/spec.txt").read_text(encoding="utf-8")


@pytest.mark.program
def test_commonmarks_cases(specification: str) -> None:
    """All 652 of version 0.31.2, with extensions off."""
    cases = [(one.replace("→", "\t"), two.replace("→", "\t")) for one, two in _EXAMPLE.findall(specification)]
    wrong = [given for given, expected in cases if _normal(commonmark.plain(given)) != _normal(expected)]
    assert len(cases) == 652
    assert wrong == []


def _normal(html: str) -> str:
    """Spelling that means the same: empty elements with or without a slash, quotation marks as entities or not."""
    return re.sub(r"\s*/>", ">", html).replace("&quot;", '"')
