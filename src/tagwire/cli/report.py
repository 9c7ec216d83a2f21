"""What came of many sources: the sum for people, everything for programs."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tagwire.pipeline.add import Export
    from tagwire.pipeline.exports import Outcome
    from tagwire.pipeline.keeping import Added, Same
    from tagwire.problems import Problem

Done: TypeAlias = "Sequence[Added | Same | Export]"
_FATES = {"new": "converted", "updated": "converted", "refused": "refused"}
"""What else may come of an article of an export changes nothing."""
_KINDS = ("converted", "unchanged", "refused", "doubtful", "duplicates")


def summary(done: Done, problems: Sequence[Problem]) -> str:
    """The sum in one line; empty for one source, and for one export, which has a line of its own."""
    from tagwire.pipeline.add import Export  # noqa: PLC0415 - loaded by now, and not before it is needed

    refused = [problem for problem in problems if problem.severity == "error"]
    if len(done) + len(refused) < 2 or (len(done) == 1 and isinstance(done[0], Export)):
        return ""
    counts = _counts(done, problems)
    return ", ".join(f"{counts[kind]:,} {kind}" for kind in _KINDS if counts[kind] or kind == "converted")


def as_json(done: Done, problems: Sequence[Problem]) -> Iterator[str]:
    """Everything as one JSON object, in pieces: `counts`, `sources` and `problems`. There may be 100,000 sources."""
    keys = ("path", "line", "column", "code", "severity", "message", "hint")
    counts = _counts(done, problems)
    told = ({key: value for key in keys if (value := getattr(each, key))} for each in sorted(problems))
    yield f'{{\n  "counts": {_spelt({kind: counts[kind] for kind in _KINDS}, "  ")},\n  "sources": '
    yield from _listed(row for each in done for row in _rows(each))
    yield ',\n  "problems": '
    yield from _listed(told)
    yield "\n}\n"


def _listed(rows: Iterable[dict[str, object]]) -> Iterator[str]:
    before = "["
    for row in rows:
        yield f"{before}\n    {_spelt(row, '    ')}"
        before = ","
    yield "[]" if before == "[" else "\n  ]"


def _spelt(row: Mapping[str, object], margin: str) -> str:
    return json.dumps(row, ensure_ascii=False, indent=2).replace("\n", f"\n{margin}")


def _counts(done: Done, problems: Sequence[Problem]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in (row for each in done for row in _rows(each)):
        counts[str(row["fate"])] += 1
        counts["doubtful"] += "doubts" in row
        counts["duplicates"] += "twin" in row
    counts["refused"] = max(counts["refused"], len({each.path for each in problems if each.severity == "error"}))
    return counts


def _rows(each: Added | Same | Export) -> Iterable[dict[str, object]]:
    """A row for each article."""
    from tagwire.pipeline.add import Export  # noqa: PLC0415 - loaded by now, and not before it is needed
    from tagwire.pipeline.keeping import Same  # noqa: PLC0415

    if isinstance(each, Export):
        return (_outcome(outcome, each.source) for outcome in each.outcomes)
    if isinstance(each, Same):
        return [{"source": each.source, "article": each.path, "fate": "unchanged"}]
    row: dict[str, object] = {"source": each.source, "article": each.path, "fate": "converted"}
    row |= {"title": each.converted.title} if each.converted.title else {}
    return [row | _told(each, each.converted.left)]


def _outcome(outcome: Outcome, source: str) -> dict[str, object]:
    row: dict[str, object] = {"source": source, "item": outcome.key, "article": outcome.path}
    row |= {"fate": _FATES.get(outcome.fate, "unchanged"), "title": outcome.title}
    return row | _told(outcome, outcome.left)


def _told(made: Added | Outcome, left: Iterable[str]) -> dict[str, object]:
    """What a row says where there is any of it; `why` only if somebody asked."""
    cuts, findings = (made.converted.cuts, made.converted.findings) if made.converted else ((), ())
    told = {
        "cut": [cut.rule for cut in cuts],
        "left": list(left),
        "doubts": list(made.doubts),
        "twin": made.twin,
        "why": [
            {"what": each.what, "value": each.value, "confidence": each.confidence, "origin": each.origin}
            for each in findings
        ],
    }
    return {key: value for key, value in told.items() if value}
