"""A JSON file as values, or the place where it breaks."""

from __future__ import annotations

import json
from typing import Any

from tagwire.intake.bundle import Broken


def load(data: bytes, path: str) -> Any:  # noqa: ANN401 - whatever stands in it
    """What stands in a JSON file.

    Raises:
        Broken: it is no JSON, or not to its end; `path` names the file.
    """
    try:
        return json.loads(data.decode("utf-8-sig", "replace"))
    except json.JSONDecodeError as error:
        message = f"{path.rpartition('/')[2]} is no whole JSON: {error.msg} in line {error.lineno}"
    except RecursionError:
        message = f"{path.rpartition('/')[2]} is nested too deeply"
    raise Broken("export-broken", message, "export or download it anew")


def table(text: str) -> dict[str, Any]:
    """What a table in JSON says that stands inside of an export's text; nothing where it is none, or broken."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def listed(value: object) -> list[Any]:
    """A list, or an empty one where something else stands."""
    return value if isinstance(value, list) else []
