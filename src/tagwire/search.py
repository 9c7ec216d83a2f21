"""The index that a site is searched with: pages come in, the files of Pagefind's index go out.

Its client for Python waits a tenth of a second for each page, so the program itself is run, once, over a folder with
nothing but the pages that are to be found. https://pagefind.app/docs/
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import tempfile
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MARK = b"data-pagefind-body"
"""What a page holds that is to be found."""
_NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
_KINDS = (".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter", ".pagefind")
"""Of its files, those that our page loads; the rest are other pages to search with."""


class Failed(Exception):
    """Pagefind made no index; with what it said."""


def lacks() -> bool:
    """Whether the library or its program isn't installed: it is an extra's."""
    if importlib.util.find_spec("pagefind") is None:
        return True
    from pagefind.service import get_executable  # noqa: PLC0415 - it loads asyncio, and few builds make an index

    return get_executable() is None


def version() -> str:
    """Of Pagefind."""
    return metadata.version("pagefind")


def index(pages: Iterable[tuple[str, bytes]], *, file_names: bool) -> dict[str, bytes]:
    """Path in its folder and bytes of each file of the index, sorted; empty if there is nothing to find.

    `pages` are (path in the site, HTML) of those that hold `MARK`. With `file_names`, a hit leads to `…/index.html`.

    Raises:
        Failed: the program ended badly.
    """
    with tempfile.TemporaryDirectory(prefix="tagwire-") as folder:
        site, out = Path(folder, "site"), Path(folder, "index")
        for path, html in pages:
            file = site / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(html)
        if not site.exists():
            return {}
        _run(site, out, file_names=file_names)
        found = sorted((file.relative_to(out).as_posix(), file) for file in out.rglob("*") if file.is_file())
        return {path: _same(path, file.read_bytes()) for path, file in found if _is_needed(path)}


def _run(site: Path, out: Path, *, file_names: bool) -> None:
    from pagefind.service import get_executable  # noqa: PLC0415 - as above

    more = ["--keep-index-url"] if file_names else []
    command = [str(get_executable()), "--site", str(site), "--output-path", str(out), *more]
    # In a folder of its own: Pagefind reads settings of the folder that it is called in.
    done = subprocess.run(command, cwd=site.parent, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603 - an installed program, no shell
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise Failed(said[-1] if said else f"it ended with {done.returncode}")


def _is_needed(path: str) -> bool:
    return path in _NEEDED or path.endswith(_KINDS)


def _same(path: str, data: bytes) -> bytes:
    """The list of languages comes in the order of a hash table, another one each time."""
    if path != "pagefind-entry.json":
        return data
    return json.dumps(json.loads(data), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
