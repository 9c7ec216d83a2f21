"""Files that Tagwire wrote itself and somebody else could have changed, or a disk: the law of `test_fuzz.py` holds."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from hypothesis import given

from tagwire import ledger
from tagwire.disk import journal, sync
from tagwire.disk.journal import MANIFEST
from tagwire.model import Ledger
from tagwire.pipeline import receipts
from tagwire.problems import has_errors, show
from tagwire.publish import changes
from test_fuzz import cases, encoded, mutated

_LEDGER = [
    (
        '{"tagwire-ledger": 1, "site": "https://news.example/",\n"articles": [\n'
        '{"id": "urn:x:1", "address": "articles/a/", "title": "A", "published": "2026-01-01T00:00:00Z", '
        '"updated": "2026-01-02T00:00:00Z", "imprint": "00", "feeds": {"": 1, "tags/a/": 2}, "shown": [""], '
        '"first": "2026-01-03T00:00:00Z", "former": ["articles/b/"], "gone": "", "out": ""},\n{}],\n'
        '"feeds": [\n{"path": "atom.xml", "id": "urn:x:f"},\n{}]}\n'
    ),
    ledger.spell(Ledger("https://news.example/", (), ())).decode(),
]


@cases(10)
@given(encoded(mutated(_LEDGER)))
def test_ledgers(data: bytes) -> None:
    """A ledger that is read back as it is written, or problems."""
    found, problems = ledger.parse(data, "content/ledger.json")
    assert (found is None) == has_errors(problems)
    assert all(show(problem, colour=False) for problem in problems)
    if found:
        assert ledger.parse(ledger.spell(found), "x") == (found, ())


_RECORD = ["0a1b  articles/a/index.html\n-  atom.xml\n00  tags/é/index.html\n"]


@cases(10)
@given(encoded(mutated(_RECORD)))
def test_records_of_a_publish(data: bytes) -> None:
    """Paths below the target and nothing else, read back as they are written."""
    record = changes.read(data)
    for path in record:
        assert not Path(path).is_absolute()
        assert ".." not in path.split("/")
    assert changes.read(changes.spelt(record)) == record


_JOURNAL = [
    (
        '{"moves": {"index.html": "0", ".tagwire-manifest": "1", "a/b.html": "2"}, '
        '"removals": ["old.html", "c/d"], "digests": {}}'
    ),
    (
        '{"moves": {".tagwire-manifest": "1"}, "removals": [], "digests": {}, '
        '"tree": "tree-7", "tops": ["c", "old.html", "kept"]}'
    ),
]
_FOREIGN = "somebody's"


@cases(2)
@given(mutated(_JOURNAL), encoded(mutated(["00  index.html\n11  old.html\n"])))
def test_journals_and_manifests(journal_text: str, manifest: bytes) -> None:
    """Whatever they say, nothing outside of the folder is touched, and no stranger's file in it that isn't named."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        out, work = root / "site", root / "work"
        for folder in (out, work / "staging-0", root / "c"):
            folder.mkdir(parents=True)
        outside = [root / "old.html", root / "c/d", work / "kept", work / "0"]
        for file in outside:
            file.write_text(_FOREIGN)
        (work / "staging-0/0").write_text("new")
        (work / "staging-0/tree-7/c").mkdir(parents=True)
        (work / "staging-0/tree-7/c/e").write_text("new")
        (out / MANIFEST).write_bytes(manifest)
        assert all(".." not in path.split("/") and not path.startswith("/") for path in sync.owned(out))
        (work / "journal-0").write_text(journal_text, errors="replace")
        with contextlib.suppress(OSError):  # a file where a folder is wanted: told as what it is
            journal.recover(out, work / "journal-0", work / "staging-0")
        assert [file.read_text() for file in outside] == [_FOREIGN] * len(outside)


@cases(5)
@given(encoded(mutated(["tagwire-items 1 00\n0a\tcontent/articles/a.md\tkey\n0b\t-\tother key\n"])))
def test_receipts(data: bytes) -> None:
    """Of exports: lines, or none."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "blog.xml"
        receipts.beside(source).write_bytes(data)
        found = receipts.read(source)
        assert all(isinstance(line.path, str) for line in found.lines.values())
