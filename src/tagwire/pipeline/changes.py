"""`tagwire diff` and `tagwire ledger`: the site as it would be published, beside what subscribers have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tagwire import ledger, memo, pipeline, plan
from tagwire.disk import places, work
from tagwire.disk.stamps import Stamps
from tagwire.model import utc
from tagwire.pipeline import look, pool, reading, steps
from tagwire.problems import Stopped, has_errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tagwire.ledger import Changes
    from tagwire.model import Clock, Config, Ledger, Offer
    from tagwire.plan import Plan
    from tagwire.problems import Problem


@dataclass(frozen=True, slots=True)
class Prospect:
    """What publishing now would come to."""

    changes: Changes
    problems: tuple[Problem, ...]
    """Of the site (warnings), and of the guard: see `ledger.refusals` for what forbids to publish."""
    before: Ledger
    offer: Offer
    plan: Plan
    config: Config


def prospect(
    root: Path,
    clock: Clock,
    *,
    base_url: str = "",
    workers: pool.Workers | None = None,
    tell: Callable[[str], None],
    before: Callable[[Config, Ledger], Ledger] | None = None,
) -> Prospect:
    """The site at `root` as it stands in its files, nothing converted and nothing written.

    `before` may put something else into the ledger's place: what another program published.

    Raises:
        Stopped: the site or its ledger has errors.
        OSError: the disk refuses.
    """
    config, warnings = pipeline.load_config(root, base_url)
    code = steps.code_name()
    with work.held(root, tell) as held, memo.opened(str(held.folder / "memory.sqlite"), code) as memory:
        inputs = places.inputs(root, Stamps(memory.recall(steps.stamps_name(root, memory))))
        shelf = reading.shelf(root, inputs, config, memory, workers or pool.Workers())
        articles, opened, problems = shelf.opened()
        known = reading.published(root, inputs, memory)
        memory.save(shelf.live)
    problems += [*warnings, *inputs.problems, *look.unshown(inputs, lambda: look.theme(root, inputs, config))]
    if has_errors(problems):
        raise Stopped(problems)
    known = before(config, known) if before else known
    laid, more = plan.lay_out(articles, inputs.assets, config, clock, known, opened)
    if laid is None:
        raise Stopped([*problems, *more])
    offer = plan.offer(laid)
    changes = ledger.compare(known, offer)
    guarded = () if base_url else ledger.problems(changes, config.old_as_new)  # a preview is no business of subscribers
    found = (*problems, *more, *guarded)
    return Prospect(changes, tuple(sorted(set(found))), known, offer, laid, config)


def accept(root: Path, clock: Clock, found: Prospect, tell: Callable[[str], None]) -> Ledger:
    """Writes down that what was found is published now, whole or not at all.

    Raises:
        OSError: the disk refuses; the ledger is as it was.
    """
    after = ledger.renewed(found.before, found.offer, utc(clock.now.replace(microsecond=0)))
    data = ledger.spell(after)
    code = steps.code_name()
    with work.held(root, tell) as held, memo.opened(str(held.folder / "memory.sqlite"), code) as memory:
        work.replace(root / places.LEDGER, data)
        memory.keep(reading.ledger_name(data, memory), b"")
        memory.save()
    return after


def tell(changes: Changes) -> tuple[str, ...]:
    """The changes in plain words, line by line."""
    return ledger.tell(changes)
