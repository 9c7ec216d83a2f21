"""What other programs may call: a build, a conversion, a verdict. Everything else of the package may change.

`import tagwire` gives these as `tagwire.build`, `tagwire.convert` and `tagwire.judge`, loaded at first use.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from tagwire.intake.found import Converted, Refused
from tagwire.problems import Problem, Stopped

if TYPE_CHECKING:
    from tagwire.pipeline import Result

__all__ = ["Converted", "Problem", "Refused", "Stopped", "build", "convert", "judge"]


def build(
    site: str | Path = ".",
    *,
    out: str | Path | None = None,
    url: str = "",
    now: dt.datetime | None = None,
    drafts: bool = False,
    future: bool = False,
    jobs: int = 1,
) -> Result:
    """Brings a site's folder of results up to date, as `tagwire build` does.

    Args:
        site: Folder with the settings.
        out: Folder of the result; `site/` in it by default.
        url: Stands for the setting `url`.
        now: Decides what is due; aware. By default the clock's time.
        drafts: Show drafts too.
        future: Show articles dated in the future too.
        jobs: Processes at most.

    Returns:
        What was done (`tally.written`, `tally.removed`, `tally.unchanged`, `conversions`), and `problems`, which are
        warnings.

    Raises:
        Stopped: the site has errors (`problems`); nothing was changed.
        OSError: the disk refuses.
    """
    from tagwire import pipeline  # noqa: PLC0415 - `import tagwire` stays light
    from tagwire.model import Clock  # noqa: PLC0415
    from tagwire.pipeline import pool  # noqa: PLC0415

    root = Path(site).resolve()
    clock = Clock(now or dt.datetime.now(tz=dt.UTC), drafts, future)
    folder = (root / "site" if out is None else Path(out)).resolve()
    return pipeline.build(pipeline.Options(root, folder, clock, url, pool.Workers(jobs)))


def convert(
    data: bytes,
    name: str,
    *,
    modified: dt.datetime,
    site: str = "",
    lang: str = "en",
    timezone: str = "UTC",
    keep_all: bool = False,
) -> Converted | Refused:
    """The article that a raw text, page or document becomes, as `tagwire add --stdout` prints it.

    Args:
        data: The bytes of the file.
        name: Its name; the format is told by the content, the name helps where that leaves a doubt.
        modified: When the file was last changed; aware. It is the date of a text that states none.
        site: URL of the site, from which the id is minted.
        lang: BCP 47; taken where the source declares none and detection is unsure.
        timezone: IANA name, of dates without a zone.
        keep_all: Cut nothing.

    Returns:
        `Converted`, with the Markdown in `text`, what was understood in `findings` and what was cut in `cuts`; or
        `Refused`, with `problems`.
    """
    from tagwire import intake  # noqa: PLC0415 - see above
    from tagwire.intake.found import Asked  # noqa: PLC0415

    asked = Asked(site=site, modified=modified, lang=lang, timezone=timezone, keep_all=keep_all)
    return intake.convert(data, f"sources/{name}", asked)


def judge(data: bytes, name: str = "feed.xml", *, now: dt.datetime | None = None) -> tuple[Problem, ...]:
    """What is wrong with a feed or OPML file, as `tagwire check FILE` tells it, sorted by place. Offline.

    Args:
        data: The bytes of the file: RSS, Atom, JSON Feed or OPML.
        name: How problems call it.
        now: Dates after it are too late; aware. By default no date is.
    """
    from tagwire import lint  # noqa: PLC0415 - see above

    return lint.judge(data, name, now=now)
