"""A site changes one block, one template or the variables without copying the rest; the handbook knows every field."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from tagwire import model, views, words
from tagwire.pipeline import look

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from conftest import Site

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "content/pages/handbook/views.md"
ARTICLE = "-- content/articles/a.md --\n---\ntitle: One & two\npublished: 2026-01-01\ntags: [X]\n---\nText.\n"


def test_a_site_changes_one_block(site: Callable[[str], Site]) -> None:
    """The shipped template of the same name is extended by its other name; what it extends may be the site's own."""
    made = site(ARTICLE + '-- theme/article.html --\n{% extends "tagwire/article.html" %}\n'
                "{% block main %}<p>Ours</p>{{ super() }}{% endblock %}\n"
                '-- theme/base.html --\n{% extends "tagwire/base.html" %}\n'
                '{% block masthead %}<header>Mast</header>{% endblock %}\n')  # fmt: skip
    made.build()
    text = made.read("site/articles/a/index.html")
    assert "<p>Ours</p>" in text
    assert "<header>Mast</header>" in text
    assert "One &amp; two</h1>" in text


def test_a_block_of_no_template_is_a_warning(site: Callable[[str], Site]) -> None:
    """With the file and the line; the site is built, and told again by a build that has nothing to do."""
    made = site(
        ARTICLE + '-- theme/article.html --\n{% extends "tagwire/article.html" %}\n{% block mian %}{% endblock %}'
    )
    for _ in range(2):
        run = made.build()
        assert "theme/article.html:2:10: warning[template-block]" in run.err


def test_a_file_of_a_theme_under_a_wrong_name_is_a_warning(site: Callable[[str], Site]) -> None:
    """Each with the place where it would be found; told again by a build that has little or nothing to do."""
    made = site(ARTICLE + "-- theme/hoem.html --\nx\n")
    assert "theme/hoem.html: warning[template-unused]" in made.build().err
    for path in ("style.css", "parts/card.html", "README.md"):
        (made.root / "theme" / path).parent.mkdir(exist_ok=True)
        (made.root / "theme" / path).write_text("x\n")
    for _ in range(2):
        run = made.build()
        assert run.err.count("warning[template-unused]") == 3
        assert "did you mean `home.html`?" in run.err
        assert "move it to `theme/static/style.css`" in run.err
        assert "move it to `theme/card.html`" in run.err
    assert made.run("check").err.count("warning[template-unused]") == 3
    assert not (made.root / "site/theme/README.md").exists()


def test_a_second_theme_is_a_few_files(site: Callable[[str], Site]) -> None:
    """It looks plainly different, and still says all that machines and screen readers want."""
    made = site(ARTICLE)
    shutil.copytree(ROOT / "docs/themes/wire", made.root / "theme")
    run = made.build()
    assert "template" not in run.err
    home, article = made.read("site/index.html"), made.read("site/articles/a/index.html")
    assert '<ol class="ticker h-feed">' in home
    assert '<p class="slug">=== 2026-01-01 ===' in article
    assert "NewsArticle" in article
    for text in (home, article, made.read("site/404.html"), made.read("site/tags/x/index.html")):
        tree = etree.HTML(text)
        assert tree.xpath("count(//h1)") == tree.xpath("count(//main)") == 1
        assert tree.xpath("//link[@rel='alternate']")


# ------------------------------------------------------------------ the handbook's page of fields


def documented(module: Path, only: tuple[str, ...] = ()) -> str:
    """Every class of a module with its fields, as a Markdown page has them: from the code and its docstrings."""
    classes = [node for node in ast.parse(module.read_text(encoding="utf-8")).body if isinstance(node, ast.ClassDef)]
    return "\n".join(
        f"## {node.name}\n\n{sentence(ast.get_docstring(node) or '')}\n\n{table(node)}"
        for node in classes
        if not only or node.name in only
    )


def table(node: ast.ClassDef) -> str:
    """The fields of a class."""
    rows = []
    for field, after in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(field, ast.AnnAssign):
            told = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
            rows.append(
                f"| `{ast.unparse(field.target)}` | {kind(ast.unparse(field.annotation))} | {sentence(str(told))} |"
            )
    return "| Field | | |\n|:---|:---|:---|\n" + "\n".join(rows) + "\n"


def kind(annotation: str) -> str:
    """A type in the words of a theme author, with links to other views."""
    plain = {"str": "text", "bool": "yes or no", "int": "number", "Direction": "`ltr` or `rtl`", "When": "date"}
    if annotation == "Mapping[str, object]":
        return "table"
    if annotation.startswith("tuple[tuple["):
        return "list of pairs"
    inner = re.fullmatch(r"tuple\[(\w+), \.\.\.\]", annotation)
    name = inner[1] if inner else annotation.removesuffix(" | None")
    shown = plain.get(name) or f"[{name}](#{name.lower()})"
    maybe = ", or nothing" if annotation.endswith(" | None") else ""
    return f"list of {shown}" if inner else f"{shown}{maybe}"


def sentence(text: str) -> str:
    """A docstring on one line."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def test_the_handbook_lists_every_field_of_every_view(request: pytest.FixtureRequest) -> None:
    """The page is made from the code: `pytest tests/test_own_theme.py --update` writes it anew."""
    top = PAGE.read_text(encoding="utf-8").partition("<!-- made from the code -->")[0]
    folder = Path(str(views.__file__)).parent
    made = documented(folder / "views.py") + "\n" + documented(folder / "model.py", ("Note", "Shown", "Smaller"))
    made += "\n" + documented(Path(str(words.__file__)), ("Words", "Phrase", "Counted"))
    whole = f"{top}<!-- made from the code -->\n\n{made}"
    if request.config.getoption("--update"):
        PAGE.write_text(whole, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == whole
    assert model.Note.__name__ in whole


BARE = """
-- theme/list.html --
{% extends "tagwire/base.html" %}
{% block main %}{% for card in page.cards %}<a href="{{ card.url }}">{{ card.title }}</a>{% endfor %}{% endblock %}
-- theme/home.html --
{% extends "tagwire/base.html" %}
{% block main %}{% for card in page.cards %}{{ card.title }}{% for tag in card.tags %}, {{ tag.text }}{% endfor %}
{% endfor %}{% endblock %}
"""


def test_what_no_template_shows_of_cards_changes_no_byte(
    site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cards of lists, which are left bare, stand on no page that shows all of them: articles have their own."""
    articles = "".join(
        f"-- content/articles/n{number}.md --\n---\ntitle: N{number}\npublished: 2026-01-{number + 1:02}\n"
        f"authors: [Ada]\ntags: [t{number % 2}]\n---\n\nText.\n"
        for number in range(26)
    )
    made = site(BARE + articles)
    made.build("--jobs", "1")
    bare = made.outputs()
    shutil.rmtree(made.root / "site")
    shutil.rmtree(made.root / ".tagwire")
    monkeypatch.setattr(look, "idle_fields", lambda _: {})
    made.build("--jobs", "1")
    assert made.outputs() == bare
    assert b"t1" in bare["articles/n1/index.html"]
    assert b"t1" not in bare["tags/t1/index.html"].partition(b"<main")[2].partition(b"</main")[0]
