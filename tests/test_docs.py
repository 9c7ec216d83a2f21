"""The handbook is true to the code: what the program can say is documented, and what is documented exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest

from tagwire import article, config
from tagwire.article import fields, foreign
from tagwire.cli import tagwire

ROOT = Path(__file__).parent.parent
HANDBOOK = ROOT / "content/pages/handbook"
CODE = re.compile(r"(?:[a-z]+(?:-[a-z0-9]+)+|unreadable|disk)\Z")


def page(name: str) -> str:
    """The text of a page of the handbook."""
    return (HANDBOOK / name).read_text(encoding="utf-8")


MAKERS = re.compile(r"problem|wrong|broken|refus|missing|_at\Z|link\Z", re.IGNORECASE)
"""Names of the functions that are handed a problem's code."""


def problem_codes() -> set[str]:
    """Every code that the package can print."""
    found: set[str] = set()
    for path in (ROOT / "src/tagwire").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and MAKERS.search(ast.unparse(node.func)):
                found |= texts(*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "code"))
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "code":
                found |= texts(node.value)
    return found


def texts(*expressions: ast.expr) -> set[str]:
    """The constants among these that look like a code."""
    values = [expression.value for expression in expressions if isinstance(expression, ast.Constant)]
    return {value for value in values if isinstance(value, str) and CODE.match(value)}


def test_every_problem_code_has_a_paragraph() -> None:
    """And no paragraph is about a code that nothing can print."""
    headings = re.findall(r"^### `([a-z0-9-]+)`", page("problems.md"), re.MULTILINE)
    assert sorted(headings) == sorted(problem_codes())


def test_every_setting_is_in_the_handbook() -> None:
    """By its name in code font."""
    text = page("settings.md")
    assert [key for key in config.known() if f"`{key}`" not in text] == []


def test_what_has_no_effect_on_a_standing_page_is_named() -> None:
    """In one sentence, all of it."""
    sentence = re.search(r"On a standing page (.*) have no effect", page("articles.md"))
    assert sentence
    assert set(re.findall(r"`(\w+)`", sentence[1])) == article._ARTICLES_ONLY  # noqa: SLF001 - the code’s own list


def test_every_front_matter_key_and_spelling_is_in_the_handbook() -> None:
    """By its name in code font."""
    text = page("articles.md")
    keys = [*fields.CHECKS, *foreign.SPELLINGS]
    assert [key for key in keys if f"`{key}`" not in text] == []


COMMANDS = {
    name: command
    for name in tagwire.list_commands(click.Context(tagwire))
    if (command := tagwire.get_command(click.Context(tagwire), name))
}


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_and_option_is_in_the_handbook(command: str) -> None:
    """With its long name."""
    text = page("command-line.md")
    options = [name for parameter in COMMANDS[command].params for name in parameter.opts if name.startswith("--")]
    assert f"tagwire {command}" in text
    assert [option for option in options if f"`{option}" not in text and f" {option}" not in text] == []


def test_every_command_has_help_with_an_example() -> None:
    """A newcomer reads `--help` first."""
    silent = [name for name, command in COMMANDS.items() if "Examples:" not in (command.help or "")]
    assert silent == []


def test_the_readme_has_its_two_commands() -> None:
    """CI calls these very lines."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    commands = [line.strip() for line in lines if line.strip().startswith("python3 -m venv")]
    assert commands == [
        "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/python build.py",
        "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest -q",
    ]


def test_the_room_table_names_every_room() -> None:
    """CONTRIBUTING tells a newcomer where a line of code belongs."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = {path.stem for path in (ROOT / "src/tagwire").iterdir() if not path.stem.startswith("_")}
    assert [room for room in sorted(rooms - {"py"}) if f"`{room}`" not in text] == []


def test_articles_know_where_they_live() -> None:
    """The handbook names the folders that the code reads."""
    assert article.ARTICLES in page("articles.md")


def test_what_the_threat_model_names_is_tested() -> None:
    """Each test that docs/security.md leans on is there."""
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs/security.md").read_text(encoding="utf-8")))
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("test_*.py")]
    there = {name for source in sources for name in re.findall(r"def (test_\w+)\(", source)}
    assert named
    assert named <= there
