"""Problems as SARIF 2.1.0, which GitHub, GitLab and editors show beside the lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tagwire import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagwire.problems import Problem


def spell(problems: Iterable[Problem]) -> str:
    """The document; the same for the same problems."""
    found = sorted(problems)
    codes = sorted({problem.code for problem in found})
    driver = {"name": "Tagwire", "version": __version__, "rules": [{"id": code} for code in codes]}
    run = {"tool": {"driver": driver}, "results": [_result(problem) for problem in found]}
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=1)


def _result(problem: Problem) -> dict[str, Any]:
    text = f"{problem.message}. {problem.hint[:1].upper()}{problem.hint[1:]}" if problem.hint else problem.message
    result: dict[str, Any] = {"ruleId": problem.code, "level": problem.severity, "message": {"text": text}}
    if problem.path != "-":
        place: dict[str, Any] = {"artifactLocation": {"uri": quote(problem.path, safe="/:")}}
        if problem.line:
            column = {"startColumn": problem.column} if problem.column else {}
            place["region"] = {"startLine": problem.line, **column}
        result["locations"] = [{"physicalLocation": place}]
    return result
