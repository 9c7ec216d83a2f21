"""Adding many sources at once, and pages of the web: what is reported, left alone, and gone on with after a stop."""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import json
import os
import shutil
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from documents import png
from tagwire import intake, web
from tagwire.disk import places
from tagwire.pipeline import exports, many
from tagwire.pipeline.keeping import Shelf
from tagwire.web.client import Client
from test_web import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Site

FERRY = "The ferry to Skarv sails again from Monday on, said its captain, after the longest winter of all."
HARBOUR = "The harbour was frozen for eleven weeks, and the mail came over the ice on a sledge with two dogs."
SHIP = "A ship with flour and apples was seen on the horizon on Friday, but nobody knows yet whose it is."


def page(title: str, *paragraphs: str, around: str = "") -> str:
    """A page of the web."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title></head><body><nav><a href=/>Home</a></nav>{around}"
        f"<article><h1>{title}</h1>{text}</article></body></html>"
    )


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Thirty texts in folders, an empty one, one that is there twice, and a picture of a page."""
    folder = tmp_path / "inbox"
    for number in range(30):
        place = folder / f"part{number % 3}/note.{number}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        texts = (text.replace("Monday", f"day {number}").replace("eleven", str(number)) for text in (FERRY, HARBOUR))
        place.write_text(
            f"Note number {number}\n\n{chr(10).join(texts)}\n\n{SHIP.replace('Friday', f'day {number}')}\n"
        )
    (folder / "part0/empty.txt").write_text("")
    (folder / "part0/index.html").write_text(page("The ferry returns", FERRY, HARBOUR, SHIP))
    (folder / "part1/index.html").write_text(page("Skarv has its ferry back", FERRY, HARBOUR, SHIP, around="<p>Ad</p>"))
    (folder / "part1/photo.png").write_bytes(png())
    return folder


class TestManySources:
    """A folder of them."""

    def test_each_is_accounted_for(self, site: Callable[[str], Site], inbox: Path) -> None:
        """Converted, refused, doubtful, twice there: in a line and as JSON; by several processes or one, alike."""
        reports = []
        for jobs in ("1", "2"):
            made = site("")
            shutil.rmtree(made.root / "content", ignore_errors=True)
            run = made.run("add", str(inbox), "--json", "--jobs", jobs)
            assert run.code == 1
            reports.append(json.loads(run.out))
        assert reports[0] == reports[1]
        assert reports[0]["counts"] == {
            "converted": 32, "unchanged": 0, "refused": 1, "doubtful": 1, "duplicates": 1,
        }  # fmt: skip
        twin = next(row for row in reports[0]["sources"] if "twin" in row)
        assert twin["article"].endswith("skarv-has-its-ferry-back.md")
        assert twin["twin"].endswith("the-ferry-returns.md")
        assert [problem["code"] for problem in reports[0]["problems"] if problem["severity"] == "error"] == [
            "source-empty"
        ]

    def test_sources_keep_their_folders(self, site: Callable[[str], Site], inbox: Path) -> None:
        """So that two of one name are two."""
        made = site("")
        out = made.run("add", str(inbox), "--jobs", "1").out
        assert (made.root / "content/sources/part0/index.html").exists()
        assert (made.root / "content/sources/part1/index.html").exists()
        assert out.splitlines()[-1] == "32 converted, 1 refused, 1 doubtful, 1 duplicates"
        assert "converted" not in made.build().out

    def test_what_was_interrupted_goes_on(self, site: Callable[[str], Site], inbox: Path) -> None:
        """What is converted already is not converted again."""
        made = site("")
        convert_all, seen = many.convert_all, []

        def stopped(*given: object) -> object:
            for each in convert_all(*given):  # type: ignore[arg-type]
                seen.append(each)
                if len(seen) == 10:
                    raise KeyboardInterrupt
                yield each

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(many, "convert_all", stopped)
            assert made.run("add", str(inbox), "--jobs", "1").code == 130
        assert json.loads(made.run("add", str(inbox), "--json", "--jobs", "1").out)["counts"] == {
            "converted": 32 - 8, "unchanged": 8, "refused": 1, "doubtful": 1, "duplicates": 1,
        }  # fmt: skip
        again = made.run("add", str(inbox), "--json", "--jobs", "1")
        assert json.loads(again.out)["counts"]["unchanged"] == 32

    def test_one_that_changes_while_it_is_read_is_told(
        self, site: Callable[[str], Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The source that is kept would not be what the article was made of; nothing is written."""
        made = site("")
        file = tmp_path / "dam.txt"
        file.write_text("The dam\n\nThe board emptied the dam above Harlow for repairs.\n", encoding="utf-8")
        real = intake.convert

        def meanwhile(*given: object) -> object:
            result = real(*given)  # type: ignore[arg-type]
            file.write_text("The dam is", encoding="utf-8")
            return result

        monkeypatch.setattr(intake, "convert", meanwhile)
        run = made.run("add", str(file))
        assert (run.code, "error[unreadable]: the file has changed while it was read" in run.err) == (1, True)
        assert not list((made.root / "content").rglob("*.*"))

    def test_outside_a_site_two_of_one_title_are_two(self, site: Callable[[str], Site], tmp_path: Path) -> None:
        """Numbered; what somebody else has written stays."""
        made = site("")
        for number in (1, 2):
            (tmp_path / f"{number}.txt").write_text(f"The ferry returns\n\n{FERRY} {number}\n", encoding="utf-8")
        out = tmp_path / "out"
        assert made.run("add", str(tmp_path / "1.txt"), str(tmp_path / "2.txt"), "--out", str(out)).code == 0
        assert sorted(path.name for path in out.glob("*.md")) == ["the-ferry-returns-2.md", "the-ferry-returns.md"]
        (out / "the-ferry-returns.md").write_text("My own\n", encoding="utf-8")
        run = made.run("add", str(tmp_path / "1.txt"), "--out", str(out))
        assert (run.code, "output-foreign" in run.err) == (1, True)

    def test_a_process_that_dies_costs_only_time(self, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Its documents are converted here."""
        import concurrent.futures  # noqa: PLC0415

        class Dead(concurrent.futures.Executor):
            def submit(self, *_: object, **__: object) -> concurrent.futures.Future[object]:  # type: ignore[override]
                future: concurrent.futures.Future[object] = concurrent.futures.Future()
                future.set_exception(concurrent.futures.BrokenExecutor())
                return future

        monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", lambda *_, **__: Dead())
        from test_documents import ASKED  # noqa: PLC0415

        raws = [many.Raw(path, path.name, ASKED) for path in sorted(inbox.rglob("*.txt"))]
        assert [made.raw for made in many.convert_all(raws, len(raws), 2)] == raws

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what processes share")
    def test_processes_share_what_they_load(self, inbox: Path) -> None:
        """The model of languages and the libraries are loaded once, not once a process: they are 100 MB."""
        from test_documents import ASKED  # noqa: PLC0415

        raws = [many.Raw(path, path.name, ASKED) for path in sorted(inbox.rglob("*.txt"))]
        making = many.convert_all(raws, len(raws), 2)
        next(making)
        kept = [_of_memory(worker) for worker in _below(os.getpid())]
        assert len(list(making)) == len(raws) - 1
        alone, shared = map(sum, zip(*kept, strict=True))
        assert shared > 100_000 > alone, kept


def _below(process: int) -> Iterator[int]:
    """The processes that one has begun, and that those have."""
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in map(int, (task / "children").read_text("ascii").split()):
            yield from (child, *_below(child))


def _of_memory(process: int) -> tuple[int, int]:
    """What a process has written and has for itself, and what it shares, in kB."""
    rows = [line.split() for line in Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()[1:]]
    sizes = {row[0]: int(row[1]) for row in rows}
    return sizes["Private_Dirty:"], sizes["Shared_Dirty:"]


def _page(kind: dict[str, str], sent: bytes, path: str, _: int) -> tuple[int, dict[str, str], bytes]:
    return (404, {}, b"") if path == "/robots.txt" else (200, kind, sent)


@contextlib.contextmanager
def _dribbling(slow: str) -> Iterator[str]:
    """A server that sends the address `slow` by a byte each tenth of a second, and of no stated length."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == slow else 404)
            self.end_headers()
            with contextlib.suppress(OSError):
                while self.path == slow and not done.wait(0.1):
                    self.wfile.write(b" ")
                    self.wfile.flush()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    done = threading.Event()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            done.set()
            server.shutdown()


class TestTheWeb:
    """Pages by their address, on a server of our own."""

    @pytest.fixture(autouse=True)
    def _hasty(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Our own server needs no pause."""
        monkeypatch.setattr("tagwire.web.Client", functools.partial(web.Client, web.Limits(pause=0)))

    def test_a_page_is_fetched_and_knows_its_address(self, site: Callable[[str], Site]) -> None:
        """Also after the source is converted anew; pictures only come when asked for."""
        html = page("The ferry returns", FERRY, HARBOUR, SHIP + '<img src="/ferry.png" alt="A ferry" width=300>')

        sent = html.replace("Skarv", "Skärv").encode("latin-1")

        def answer(path: str, _: int) -> tuple[int, dict[str, str], bytes]:
            if path == "/ferry.png":
                return 200, {"Content-Type": "image/png"}, png()
            if path == "/robots.txt":
                return 404, {}, b""
            return 200, {"Content-Type": "text/html; charset=iso-8859-1"}, sent

        with serving(answer) as (url, asked):
            made = site("")
            run = made.run("add", f"{url}news/Ferry-1.html", "--allow-private", url.split("/")[2])
            assert run.code == 0, run.err
            article = made.read("content/articles/the-ferry-returns.md")
            assert f"canonical: '{url}news/Ferry-1.html'" in article or f"canonical: {url}news/Ferry-1.html" in article
            assert f"![A ferry]({url}ferry.png)" in article
            assert "Skärv" in article
            assert (made.root / "content/sources/ferry-1.html").exists()
            assert [path for path, _ in asked] == ["/robots.txt", "/news/Ferry-1.html"]
            (made.root / "content/articles/the-ferry-returns.md").unlink()
            made.build()
            assert f"![A ferry]({url}ferry.png)" in made.read("content/articles/the-ferry-returns.md")

            shutil.rmtree(made.root / "content")
            run = made.run("add", f"{url}news/Ferry-1.html", "--allow-private", url.split("/")[2], "--fetch-images")
            assert "![A ferry](the-ferry-returns/ferry.png)" in made.read("content/articles/the-ferry-returns.md")
            assert (made.root / "content/articles/the-ferry-returns/ferry.png").read_bytes() == png()

    def test_robots_are_asked_and_heard(self, site: Callable[[str], Site]) -> None:
        """Also behind a redirect; a server whose rules can't be had is left alone."""
        rules = b"User-agent: *\nDisallow: /private/\n"

        def answer(path: str, _: int) -> tuple[int, dict[str, str], bytes]:
            if path == "/robots.txt":
                return 200, {"Content-Type": "text/plain"}, rules
            if path == "/moved":
                return 302, {"Location": "/private/x"}, b""
            return 200, {"Content-Type": "text/html"}, page("T", FERRY).encode()

        with serving(answer) as (url, asked):
            made = site("")
            for path in ("private/x", "moved"):
                run = made.run("add", f"{url}{path}", "--allow-private", url.split("/")[2])
                assert (run.code, "error[web-forbidden]" in run.err) == (1, True)
            assert [path for path, _ in asked].count("/robots.txt") == 2
            assert "/private/x" not in [path for path, _ in asked]  # forbidden is forbidden before it is asked

        with serving(lambda _path, _number: (500, {}, b"")) as (url, _):
            run = site("").run("add", f"{url}x", "--allow-private", url.split("/")[2])
            assert "error[web-forbidden]" in run.err

    def test_a_picture_that_moved_to_a_forbidden_place_is_not_fetched(self, site: Callable[[str], Site]) -> None:
        """Each address is looked up in the rules, not only the first."""

        def answer(path: str, _: int) -> tuple[int, dict[str, str], bytes]:
            if path == "/robots.txt":
                return 200, {"Content-Type": "text/plain"}, b"User-agent: tagwire\nDisallow: /private/\n"
            if path == "/ferry.png":
                return 301, {"Location": "/private/ferry.png"}, b""
            if path == "/private/ferry.png":
                return 200, {"Content-Type": "image/png"}, png()
            return 200, {"Content-Type": "text/html"}, page("T", FERRY + '<img src="/ferry.png" alt="A">').encode()

        with serving(answer) as (url, asked):
            run = site("").run("add", f"{url}a", "--allow-private", url.split("/")[2], "--fetch-images")
        assert run.code == 0
        assert "warning[picture-not-fetched]: not fetched: the server's `robots.txt` forbids" in run.err
        assert [path for path, _ in asked] == ["/robots.txt", "/a", "/ferry.png"]

    def test_limits_of_size_redirects_and_addresses_hold_for_pages(self, site: Callable[[str], Site]) -> None:
        """One that is too large, one that leads in a circle, and one that leads into the private network."""

        def answer(path: str, _: int) -> tuple[int, dict[str, str], bytes]:
            if path == "/robots.txt":
                return 404, {}, b""
            if path == "/large":
                return 200, {"Content-Type": "text/html"}, b" " * 20_000_001
            return 302, {"Location": {"/circle": "/circle", "/inside": "http://[::1]:9/x"}[path]}, b""

        made = site("")
        with serving(answer) as (url, _):
            for path, code in (("large", "web-large"), ("circle", "web-redirects"), ("inside", "web-private")):
                run = made.run("add", f"{url}{path}", "--allow-private", url.split("/")[2])
                assert (run.code, f"error[{code}]" in run.err) == (1, True), run.err
                assert "help: " in run.err
        assert not list((made.root / "content").rglob("*.*"))

    def test_bombs_and_servers_that_dribble_end_within_the_limits(
        self, site: Callable[[str], Site], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A page of zeros unpacks no further than a page may be; a byte now and then ends with the time for all."""
        bomb = gzip.compress(bytes(20_000_001))
        packed = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
        made = site("")
        with serving(lambda path, _: (404, {}, b"") if path == "/robots.txt" else (200, packed, bomb)) as (url, _):
            run = made.run("add", f"{url}bomb", "--allow-private", url.split("/")[2])
        assert (run.code, "error[web-large]" in run.err) == (1, True), run.err
        monkeypatch.setattr("tagwire.web.Client", functools.partial(Client, web.Limits(pause=0, seconds=0.5, tries=1)))
        for slow in ("/robots.txt", "/page"):
            with _dribbling(slow) as url:
                begun = time.monotonic()
                run = made.run("add", f"{url}page", "--allow-private", url.split("/")[2])
            assert (run.code, "error[web-" in run.err, "help: " in run.err) == (1, True, True), run.err
            assert time.monotonic() - begun < 60
        assert not list((made.root / "content").rglob("*.*"))

    def test_nothing_is_asked_that_was_not_named(self, site: Callable[[str], Site]) -> None:
        """Neither the page's own address nor its pictures, where a saved page is added or the site is built."""
        with serving(lambda _path, _number: (200, {"Content-Type": "text/html"}, b"x")) as (url, asked):
            made = site("")
            html = page(
                "The ferry returns", FERRY, HARBOUR, f'<img src="{url}ferry.png" alt="A"><video src="{url}v.mp4">'
            )
            file = made.root.parent / "ferry.html"
            file.write_text(f'<link rel="canonical" href="{url}ferry">{html}', encoding="utf-8")
            assert made.run("add", str(file)).code == 0
            made.build()
        assert asked == []

    def test_a_charset_that_is_none_harms_nothing(self, site: Callable[[str], Site]) -> None:
        """Python knows codecs of other kinds, one of which raises what nobody expects."""
        sent = page("The ferry returns", FERRY, HARBOUR).encode()
        for charset in ("undefined", "punycode", "unicode_escape"):
            kind = {"Content-Type": f"text/html; charset={charset}"}
            with serving(functools.partial(_page, kind, sent)) as (url, _):
                run = site("").run("add", f"{url}x", "--allow-private", url.split("/")[2], "--stdout")
            assert (run.code, "ferry" in run.out) == (0, True), run.err

    def test_what_is_no_page_is_told(self, site: Callable[[str], Site]) -> None:
        """A missing one, a private one that nobody allowed, and no address at all."""
        with serving(lambda _path, _number: (404, {}, b"")) as (url, _):
            run = site("").run("add", f"{url}x", "--allow-private", url.split("/")[2])
            assert (run.code, "error[web-status]" in run.err) == (1, True)
            run = site("").run("add", f"{url}x")
            assert (run.code, "error[web-private]" in run.err) == (1, True)
        run = site("").run("add", "http://[bad/", "https://user:pass@skarv.example/")
        assert (run.code, run.err.count("error[web-url]")) == (1, 2)

    def test_a_picture_that_is_none_keeps_its_address(self, site: Callable[[str], Site]) -> None:
        """And is told once."""

        def answer(path: str, _: int) -> tuple[int, dict[str, str], bytes]:
            if path.startswith("/a"):
                return 200, {"Content-Type": "text/html"}, page("T", FERRY + '<img src="/no.png" alt="No">').encode()
            return 404, {"Content-Type": "text/html"}, b"no"

        with serving(answer) as (url, _):
            run = site("").run("add", f"{url}a", "--allow-private", url.split("/")[2], "--fetch-images")
            assert run.code == 0
            assert run.err.count("warning[picture-not-fetched]") == 1


@pytest.mark.parametrize(
    ("name", "text", "called"),
    [
        ("a.adoc", "= The ferry\n\nIt _came_ back.\n", "AsciiDoc"),
        ("a.org", "* The ferry\nIt /came/ back.\n", "Org mode’s markup"),
        ("a.textile", "h1. The ferry\n\nIt _came_ back.\n", "Textile"),
        ("a.ipynb", '{"cells": [], "nbformat": 4}\n', "a notebook of Jupyter"),
    ],
)
def test_texts_in_other_markups_are_refused(site: Callable[[str], Site], name: str, text: str, called: str) -> None:
    """The same list says it of a folder that is added and of a site that moves."""
    made = site("")
    file = made.root.parent / name
    file.write_text(text, encoding="utf-8")
    run = made.run("add", str(file), "--stdout")
    assert (run.code, run.out) == (1, "")
    assert f"[source-not-text]: this is {called}" in run.err


def test_a_table_out_of_an_export_is_no_article(site: Callable[[str], Site]) -> None:
    """The texts lie beside it, in the archive that it came in."""
    made = site("")
    file = made.root.parent / "emails.csv"
    file.write_text("id,subject,publish_date,slug\n1,The ferry came back,2024-03-01,ferry\n", encoding="utf-8")
    run = made.run("add", str(file))
    assert (run.code, run.out) == (1, "")
    assert "[source-not-text]: this is a table" in run.err


def test_a_text_may_be_named_after_a_domain(site: Callable[[str], Site]) -> None:
    """Only its marks make it one of Org mode's."""
    made = site("")
    file = made.root.parent / "valley.org"
    file.write_text("The ferry came back on Monday\n\nNobody had seen it since the storm of the spring.\n", "utf-8")
    assert made.run("add", str(file), "--stdout").code == 0


def test_restructuredtext_is_refused(site: Callable[[str], Site]) -> None:
    """As plain text its marks would come out mangled, and nobody would be told."""
    made = site("")
    file = made.root.parent / "a.rst"
    file.write_text("The ferry\n=========\n\n:date: 2024-03-01\n\nIt *came* back.\n", encoding="utf-8")
    run = made.run("add", str(file), "--stdout")
    assert (run.code, run.out) == (1, "")
    assert "[source-not-text]: this is reStructuredText" in run.err


def test_what_is_refused_is_named_with_what_to_do(site: Callable[[str], Site]) -> None:
    """In words that fit wherever it lies; a link in a folder that leads nowhere is told too."""
    made = site("")
    inbox = made.root.parent / "inbox"
    inbox.mkdir()
    (inbox / "gone.txt").symlink_to("nowhere.txt")
    (inbox / "empty.txt").write_bytes(b"")
    (inbox / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00")
    run = made.run("add", str(inbox / ".." / "inbox"))
    assert run.code == 1
    assert f"{inbox}/gone.txt: error[unreadable]: this link leads to a file that is not there\n  help: " in run.err
    assert f"{inbox}/empty.txt: error[source-empty]: there is no text in this file\n  help: " in run.err
    assert f"{inbox}/photo.jpg: error[source-not-text]: this file is not text\n  help: " in run.err
    assert "`sources`" not in run.err


def test_what_a_page_loses_is_told(site: Callable[[str], Site]) -> None:
    """Links to places in it, and films beside it, where it doesn't say where it was published."""
    made = site("")
    file = made.root.parent / "ferry.html"
    inner = '<p>See <a href="#map">the map</a>.</p><video src="clip.mp4"></video><audio><source src="a.ogg"></audio>'
    file.write_text(page("The ferry returns", FERRY, inner, f'<h2 id="map">The map</h2>{HARBOUR}'), encoding="utf-8")
    run = made.run("add", str(file))
    assert run.code == 0, run.err
    assert "not carried over: 1 link to places in the same text" in run.out
    assert "not carried over: video clip.mp4, which isn’t here" in run.out
    assert "not carried over: audio a.ogg, which isn’t here" in run.out


@pytest.mark.parametrize("head", ["", "Received: from a.example\nMessage-ID: <1@a.example>\nMIME-Version: 1.0\n"])
def test_a_subject_that_cannot_be_read_is_no_title(site: Callable[[str], Site], head: str) -> None:
    """As a mail, and as a text with the lines of one on top."""
    made = site("")
    file = made.root.parent / "mail.eml"
    subject = "Subject: =?utf-8?B?/////w==?= =?utf-8?B?4pyT4oKs/?=\nDate: Mon, 4 Mar 2024 10:00:00 +0100\n"
    file.write_text(f"{head}From: Ann <a@x.example>\n{subject}\nThe ferry came back on Monday.\n", encoding="utf-8")
    run = made.run("add", str(file), "--stdout")
    assert run.code == 0, run.err
    assert "title: The ferry came back on Monday\n" in run.out
    assert "title_source: derived" in run.out


FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Valley</title><link>https://valley.example</link>'
    + "".join(
        f"<item><title>Number {n}</title><guid>g{n}</guid><description>{HARBOUR} {n}</description></item>"
        for n in (1, 2)
    )
    + "</channel></rss>"
)


class TestFoldersWithExports:
    """An export in a folder, beside what belongs to it and what doesn't."""

    @pytest.mark.parametrize("packed", [False, True])
    def test_documents_beside_an_export_are_articles_too(
        self, site: Callable[[str], Site], tmp_path: Path, *, packed: bool
    ) -> None:
        """Once the export was all that came of such a folder, and nobody was told."""
        folder = tmp_path / "mixed"
        (folder / "wp-content/uploads").mkdir(parents=True)
        (folder / "feed.xml").write_text(FEED, encoding="utf-8")
        (folder / "dam.txt").write_text(f"The dam is empty\n\n{SHIP}\n", encoding="utf-8")
        (folder / "ferry.html").write_text(page("The ferry returns", FERRY, HARBOUR, SHIP), encoding="utf-8")
        (folder / "wp-content/uploads/terms.txt").write_text("Not an article of ours, but one of the uploads.")
        source = shutil.make_archive(str(tmp_path / "mixed"), "zip", folder) if packed else str(folder)
        if not packed:
            shutil.rmtree(folder / "wp-content")  # in a plain folder it would be a document like others
        made = site("")
        assert json.loads(made.run("add", source, "--json").out)["counts"]["converted"] == 4
        names = {file.stem for file in (made.root / "content/articles").glob("*.md")}
        assert names == {"number-1", "number-2", "the-dam-is-empty", "the-ferry-returns"}

    def test_a_folder_that_was_interrupted_goes_on(
        self, site: Callable[[str], Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What it was packed to is known as the same; once that was "Is a directory"."""
        folder = tmp_path / "blog"
        folder.mkdir()
        (folder / "feed.xml").write_text(FEED, encoding="utf-8")
        made = site("")
        take = exports.take

        def stopped(*given: object) -> Iterator[object]:
            yield next(take(*given))  # type: ignore[arg-type]
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(exports, "take", stopped)
            assert made.run("add", str(folder)).code == 130
        counts = json.loads(made.run("add", str(folder), "--json").out)["counts"]
        assert (counts["converted"], counts["unchanged"], counts["refused"]) == (1, 1, 0)

    def test_what_cannot_be_read_stops_nothing_else(
        self, site: Callable[[str], Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each file, folder and link is named; the rest is converted."""
        folder = tmp_path / "inbox"
        for name in ("closed", ".git", "sub"):
            (folder / name).mkdir(parents=True)
        for number, name in enumerate(("a.txt", "b.txt", "sub/c.txt", "closed/d.txt", ".git/e.txt")):
            (folder / name).write_text(f"The ferry returns\n\n{FERRY} {number}\n", encoding="utf-8")
        (folder / "sub/loop").symlink_to("..")
        os.mkfifo(folder / "pipe.txt")
        opened, listed = Path.open, os.scandir

        def may_open(path: Path, *given: object, **more: object) -> object:
            if path.name == "b.txt":
                raise PermissionError(13, "Permission denied", str(path))
            return opened(path, *given, **more)  # type: ignore[call-overload]

        def may_list(path: str) -> object:
            if str(path).endswith("closed"):
                raise PermissionError(13, "Permission denied", str(path))
            return listed(path)

        made = site("")
        monkeypatch.setattr(Path, "open", may_open)  # the user of the tests may be one who may read all
        monkeypatch.setattr(os, "scandir", may_list)
        run = made.run("add", str(folder), "--json")
        report = json.loads(run.out)
        assert (run.code, report["counts"]["converted"], report["counts"]["refused"]) == (1, 2, 2)
        told = {
            Path(row["path"]).name: (row["severity"], row["message"]) for row in report["problems"] if "line" not in row
        }
        assert told["b.txt"] == told["closed"] == ("error", "it can't be read: Permission denied")
        assert told["loop"] == ("warning", "this link leads to a folder, and was not followed")
        alone = made.run("add", str(folder / "pipe.txt"))
        assert (alone.code, "this is no file, but a pipe" in alone.err) == (1, True)


class TestOfOneName:
    """Two files of one name: the source that is kept is that of its article."""

    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_the_second_is_refused(self, site: Callable[[str], Site], tmp_path: Path, jobs: str) -> None:
        """Named in one run or in two; once the second became an article whose source was nowhere."""
        made = site("")
        folders = [tmp_path / name for name in ("first", "second")]
        for folder in folders:
            folder.mkdir()
            for number in range(15):
                text = f"The {folder.name} ferry of day {number}\n\n{FERRY}\n{HARBOUR}\n"
                (folder / f"{number}.txt").write_text(text, encoding="utf-8")
        for converted, unchanged in ((15, 0), (0, 15)):
            run = made.run("add", *map(str, folders), "--json", "--jobs", jobs)
            report = json.loads(run.out)
            counts = {"converted": converted, "unchanged": unchanged, "refused": 15, "doubtful": 0, "duplicates": 0}
            assert (run.code, report["counts"]) == (1, counts | {"doubtful": report["counts"]["doubtful"]})
            problems = [row for row in report["problems"] if row["severity"] == "error"]
            assert {row["code"] for row in problems} == {"source-taken"}
            assert {row["message"] for row in problems} == {
                f"another source has this name than {folders[1] / f'{number}.txt'}" for number in range(15)
            }
        assert all("first" in file.read_text() for file in (made.root / "content/sources").iterdir())

    def test_outside_a_site_as_well(self, site: Callable[[str], Site], tmp_path: Path) -> None:
        """What was written there before stays."""
        made, out, note = site(""), tmp_path / "out", tmp_path / "note.txt"
        for ferry, code in (("first", 0), ("second", 1)):
            note.write_text(f"The {ferry} ferry\n\n{FERRY}\n", encoding="utf-8")
            run = made.run("add", str(note), "--out", str(out))
            assert run.code == code
            assert ("error[source-taken]" in run.err) == bool(code)
        assert sorted(file.name for file in out.iterdir()) == ["note.txt", "the-first-ferry.md"]
        assert "first" in (out / "note.txt").read_text(encoding="utf-8")


class TestWhatGoesMeanwhile:
    """A folder in which somebody tidies up while it is read."""

    @pytest.mark.parametrize("moment", ["seen", "listed", "converted"])
    def test_a_file_that_is_gone_is_told(
        self, site: Callable[[str], Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
    ) -> None:
        """And stops no other."""
        folder = tmp_path / "inbox"
        folder.mkdir()
        for number in range(3):
            (folder / f"{number}.txt").write_text(f"The ferry of day {number}\n\n{FERRY}\n", encoding="utf-8")
        made = site("")
        assert made.run("add", str(folder / "2.txt")).code == 0  # so that digests of all are looked up
        gone = folder / "1.txt"
        before, convert, modified = Shelf.before, many.convert, places.modified

        def seen(file: Path) -> object:
            if file != folder:  # which is listed by then
                gone.unlink(missing_ok=True)
            return modified(file)

        def listed(*given: object, **more: object) -> object:
            gone.unlink(missing_ok=True)
            return before(*given, **more)  # type: ignore[arg-type]

        def converted(raw: many.Raw) -> object:
            made = convert(raw)
            if raw.path == gone:
                gone.unlink()
            return made

        if moment == "seen":
            monkeypatch.setattr(places, "modified", seen)
        elif moment == "listed":
            monkeypatch.setattr(Shelf, "before", listed)
        else:
            monkeypatch.setattr(many, "convert", converted)
        run = made.run("add", str(folder), "--json")
        report = json.loads(run.out)
        assert (run.code, [row["fate"] for row in report["sources"]]) == (1, ["unchanged", "converted"])
        problem = next(row for row in report["problems"] if row["severity"] == "error")
        assert (problem["code"], Path(problem["path"])) == ("unreadable", gone)
        assert problem["message"] == "it can't be read: No such file or directory"
        assert not list((made.root / "content/sources").glob("1.*"))


def test_a_report_for_programs_tells_why(site: Callable[[str], Site], tmp_path: Path) -> None:
    """What was understood, from where, and how sure that is, of each source, if it was asked for."""
    made, note = site(""), tmp_path / "note.txt"
    note.write_text(f"The ferry returns\n\nBy Ada Quill\n\n{FERRY}\n\n{HARBOUR}\n", encoding="utf-8")
    for options in (("--why",), ()):
        run = made.run("add", str(note), "--json", "--out", str(tmp_path / f"out{len(options)}"), *options)
        (row,) = json.loads(run.out)["sources"]
        assert [each for each in row.get("why", []) if each["what"] == "byline"] == [
            {"what": "byline", "value": "By Ada Quill", "confidence": "likely", "origin": "line 3"}
        ] * len(options)
        assert "Ada Quill" not in run.err
