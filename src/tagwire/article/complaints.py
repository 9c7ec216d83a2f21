"""What is wrong with one Markdown file: each problem with its line, and what to write there."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from tagwire.article import foreign
from tagwire.article.fields import CHECKS
from tagwire.problems import Problem, closest

if TYPE_CHECKING:
    from tagwire.article.values import Key
    from tagwire.problems import Severity


class Complaints:
    """Of the file `path`; `fence` opens the front matter of its `text`, and is empty where there is none."""

    def __init__(self, path: str, text: str, fence: str) -> None:
        self.path = path
        self.text = text
        self.fence = fence
        self.problems: list[Problem] = []
        self.bare: list[tuple[str, str, str]] = []
        """(code, message, line to write) of what is missing from a file without front matter."""

    @functools.cached_property
    def lines(self) -> list[str]:
        """Of the file: most have nothing that is to be told."""
        return self.text.split("\n")

    def problem(
        self, code: str, message: str, hint: str, place: tuple[int, int, int], severity: Severity = "error"
    ) -> None:
        """`place` is (line, column, width); line 0 is the file as a whole."""
        line, column, width = place
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        self.problems.append(Problem(self.path, line, column, code, message, hint, excerpt, width, severity))

    def missing(self, code: str, message: str, key: str, value: str) -> None:
        """A key that must be there, and isn't: blamed on the front matter as a whole."""
        fence, line = self.fence, f"{key}: {value}"
        if fence == "+++":
            line = f'{key} = "{value}"'
        if not fence:
            self.bare.append((code, message, line))
            return
        row = self.lines.index(next(text for text in self.lines if text.strip())) + 1
        self.problem(code, message, f"add a line `{line}` to its front matter", (row, 1, len(fence)))

    def ended(self) -> None:
        """A file without front matter is told once what to begin with."""
        lines = ", ".join(f"`{line}`" for line in ("---", *(line for *_, line in self.bare), "---"))
        for code, message, _ in self.bare:
            self.problems.append(Problem(self.path, 1, 0, code, message, f"begin the file with the lines {lines}"))

    def unknown(self, key: Key, place: tuple[int, int, int]) -> None:
        """A key that means nothing to us: another program's, or a slip."""
        if foreign.ignored(key.name):
            what = f"`{key.name}` has no effect here"
            hint = "delete the line, or move it below `extra:` if your theme uses it"
            if key.name.lower() in {"permalink", "url"}:
                hint = f"write `aliases: [{key.value.text}]` to keep that address working, or `slug: …`"
            self.problem("key-ignored", what, hint, place, "warning")
            return
        hint = closest(key.name, CHECKS) or "keys of your own belong below `extra:`"
        if key.name == "<<":
            hint = "YAML's merge keys are not understood: write the keys out"
        self.problem("key-unknown", f"unknown key `{key.name}`", hint, place)

    def cut(self, key: Key) -> None:
        """A value that YAML ends at ` #`, where its author went on."""
        line = self.lines[key.value.line - 1]
        width = len(key.value.cut)
        message = f"`{key.name}` ends here: YAML takes the rest as a comment"
        hint = "put the text into quotes if it goes on; else give the comment a line of its own"
        self.problem("value-cut", message, hint, (key.value.line, line.rindex(key.value.cut) + 1, width), "warning")
