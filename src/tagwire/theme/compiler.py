"""Templates become Python that asks for less: what jinja2 writes, with two shorter ways to what it would find.

A page has some hundred values. For each jinja2 calls the sandbox, `finalize`, `escape` and what makes a `Markup`,
each a function of Python. Here a view's own field is read at once, and a text without markup is taken as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from jinja2 import nodes
    from jinja2.compiler import Frame

    _Finalize = Any  # jinja2's own is private

_MARKUP = re.compile("[&<>'\"]").search
_FINALIZE = "environment.finalize("


class Generator(CodeGenerator):
    """For environments with `plain`, `shown` and a `finalize` of their own."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - the library's name
        """An attribute: at once of kinds of which `plain` says that they have it, else as jinja2 does it."""
        if node.attr not in self.environment.plain:  # type: ignore[attr-defined]
            super().visit_Getattr(node, frame)
            return
        owner = self.temporary_identifier()
        self.write(f"({owner}.{node.attr} if type({owner} := ")
        self.visit(node.node, frame)
        self.write(f") in environment.plain[{node.attr!r}] else environment.getattr({owner}, {node.attr!r}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: _Finalize) -> None:
        if _is_usual(frame, finalize):
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: _Finalize) -> None:
        if _is_usual(frame, finalize):
            self.write(")")
        else:
            super()._output_child_post(node, frame, finalize)


def _is_usual(frame: Frame, finalize: _Finalize) -> bool:
    """Whether a value is finalised and then escaped, which is known beforehand."""
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile and finalize.src == _FINALIZE


def showing(finalize: Callable[[object], object]) -> Callable[[object], str]:
    """What gives the text that escaping gives of what `finalize` gives."""

    def shown(value: object) -> str:
        if type(value) is str:
            return str(escape(value)) if _MARKUP(value) else value
        return value if type(value) is Markup else str(escape(finalize(value)))

    return shown
