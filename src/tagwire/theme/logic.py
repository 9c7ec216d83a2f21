"""Where templates hold logic: a theme shows what was decided before, and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = (
    *(nodes.Template, nodes.TemplateData, nodes.Output, nodes.Name, nodes.Getattr, nodes.Const),
    *(nodes.Scope, nodes.Block, nodes.For, nodes.If, nodes.And, nodes.Or, nodes.Not, nodes.Operand),
    nodes.Tuple,  # a loop over pairs
)


def found(node: nodes.Node) -> Iterator[nodes.Node]:
    """The nodes of a template that are more than inheritance, loops, conditions and plain names."""
    if not _plain(node):
        yield node
        return
    for child in node.iter_child_nodes():
        yield from found(child)


def _plain(node: nodes.Node) -> bool:
    match node:
        case nodes.Extends() | nodes.Include():
            return isinstance(node.template, nodes.Const)
        case nodes.Compare():
            return all(operand.op in ("eq", "ne") for operand in node.ops)
        case nodes.Call():  # part of inheritance
            return isinstance(node.node, nodes.Name) and node.node.name == "super"
        case _:
            return isinstance(node, _PLAIN)


_TAGS = {"Assign": "set", "AssignBlock": "set", "FilterBlock": "filter", "FromImport": "import", "CallBlock": "call"}
_TAGS |= {"ScopedEvalContextModifier": "autoescape", "Getitem": "[…]", "Call": "(…)", "CondExpr": "… if … else …"}


def problem(path: str, node: nodes.Node, line: str) -> Problem:
    """A warning: such a theme works, but what it does belongs elsewhere. `line` is the template's own."""
    kind = type(node).__name__
    what = f"`{_TAGS.get(kind, kind.lower())}`"
    if isinstance(node, nodes.Filter | nodes.Test):
        what = f"the {kind.lower()} `{node.name}`"
    message = f"{what} is logic, and a template has none"
    hint = "show, loop or ask with `if`; what else a page needs is decided before it comes here"
    return Problem(path, node.lineno, 0, "template-logic", message, hint, line, severity="warning")
