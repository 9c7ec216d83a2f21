"""How much a command says: `--quiet` and `--verbose`, asked for by name wherever something is printed."""

from __future__ import annotations

import click

GIVEN = "tagwire.arguments"
"""The command line as it was given, in the context's `meta`."""
SEEN = "tagwire.seen"
"""What was looked at on the disk before, in the context's `meta`."""
FOLDER = "tagwire.folder"
"""What `-C` says, in the context's `meta`."""


class Whole(click.IntRange):
    """A whole number within bounds, called so where something else was typed: click says "integer range"."""

    name = "whole number"


def _remember(context: click.Context, option: click.Parameter, value: object) -> None:
    context.meta[f"tagwire.{option.name}"] = value


quiet = click.option(
    "-q", "--quiet", is_flag=True, expose_value=False, callback=_remember, help="Print problems and nothing else."
)
verbose = click.option(
    "-v", "--verbose", is_flag=True, expose_value=False, callback=_remember, help="Name each file that has changed."
)


def is_on(name: str) -> bool:
    """Whether the command that runs was given `quiet`, or `verbose`."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(f"tagwire.{name}"))
