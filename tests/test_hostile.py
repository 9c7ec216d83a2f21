"""Articles of strangers: nothing of theirs runs, in a page or in what feeds carry, judged by a browser."""

from __future__ import annotations

import functools
import html
import http.server
import json
import re
import subprocess
import threading
from typing import TYPE_CHECKING, Any

import pytest

import hostile_sources
from conftest import SETTINGS, Site
from crashing import LONG
from hostile_sources import PROSE as _PROSE
from hostile_sources import Vector
from tagwire.characters import FORBIDDEN
from test_programs import program
from vectors import JS, LINKS, TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.program

_BATCH = 120
"""Pages that the browser looks at side by side."""

_INSPECT = """
<!doctype html><meta charset=utf-8><title>x</title><body><script>
const pages = PAGES, found = [];
const ours = /^(application\\/ld\\+json|)$/;
function inspect(path, doc) {
  const say = what => found.push(path + ': ' + what);
  if (typeof doc.getElementById !== 'function' || !(doc.body instanceof doc.defaultView.HTMLElement)) say('clobbered');
  for (const el of doc.querySelectorAll('*')) {
    const name = el.localName;
    if (name === 'script' && !(el.type === 'application/ld+json') && !/\\/theme\\/[^/]+\\.js$/.test(el.src))
      say('script ' + el.outerHTML);
    if (['iframe', 'frame', 'object', 'embed', 'applet', 'base', 'portal', 'style', 'foreignobject'].includes(name))
      say(name);
    if (name === 'meta' && el.httpEquiv && /refresh|cookie/i.test(el.httpEquiv)) say('meta ' + el.content);
    for (const a of el.attributes) {
      if (/^on|^(style|srcdoc|formaction|ping|background|lowsrc|dynsrc)$/i.test(a.name)) say(a.name + '=' + a.value);
      if (/^(href|src|action|data|poster|cite|xlink:href|to|from|values)$/i.test(a.name)) {
        const u = a.value.replace(/[\\x00-\\x20]/g, '');
        if (/^(javascript|vbscript|data|blob|view-source|feed|jar):/i.test(u)) say(a.name + '=' + a.value);
        let protocol = 'http:';
        try { protocol = new URL(a.value, doc.baseURI).protocol; } catch (e) { }
        if (/^(javascript|vbscript|data|blob)/i.test(protocol)) say(a.name + ' is ' + protocol + ' ' + a.value);
      }
    }
  }
}
let left = pages.length;
for (const path of pages) {
  const frame = document.createElement('iframe');
  frame.onload = () => {
    try { inspect(path, frame.contentDocument); } catch (e) { found.push(path + ': left the site: ' + e); }
    if (--left === 0) setTimeout(() => {
      const pre = document.createElement('pre');
      pre.textContent = JSON.stringify(found);
      document.body.replaceChildren(pre);
    }, 500);
  };
  frame.src = path;
  document.body.append(frame);
}
</script>
"""


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, and keeps (host, path) of what was asked for."""

    asked: list[tuple[str, str]]

    def do_GET(self) -> None:
        """Notes the request."""
        self.asked.append((self.headers.get("Host", ""), self.path))
        super().do_GET()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[Path, int, list[tuple[str, str]]]]:
    """(folder that is served, port, what was asked for)."""
    folder = tmp_path / "www"
    asked: list[tuple[str, str]] = []
    folder.mkdir()
    kind = type("Kept", (_Handler,), {"asked": asked})
    serving = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(kind, directory=str(folder)))
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    try:
        yield folder, serving.server_address[1], asked
    finally:
        serving.shutdown()
        thread.join()
        serving.server_close()


def armed(vector: str, number: int) -> str:
    """The vector with a script that tells on itself."""
    return vector.replace(JS, f"fetch('/hit?{number}')")


_AROUND = (
    "One {} two",
    "> {}",
    "- {}\n    - {}",
    "| a |\n|---|\n| {} |",
    "# {}",
    "A[^1]\n\n[^1]: {}",
    "term\n:   {}",
    "*{}*",
)
"""Where it stands in Markdown."""


def hostile_site(root: Path, *, sources: bool) -> Site:
    """A vector an article: in Markdown, in a page that was saved, in every field, and every URL wherever one may be."""
    made = Site(root)
    made.root.mkdir(parents=True)
    made.write(SETTINGS)
    head = "---\ntitle: {title}\npublished: 2026-01-01\n{more}---\n"
    for number, tag in enumerate(TAGS):
        vector = armed(tag, number)
        for place in _AROUND if LONG else (_AROUND[number % len(_AROUND)],):
            name = f"m{number}-{_AROUND.index(place)}"
            text = f"{vector}\n\n{place.replace('{}', vector)}\n"
            put(made, f"articles/{name}.md", head.format(title=name, more="") + text)
        page = f"<!doctype html><title>S{number}</title><h1>S{number}</h1><p>{_PROSE}<p>{_PROSE} {vector}<p>{_PROSE}"
        if sources:
            put(made, f"sources/s{number}.html", page)
        quoted = json.dumps(vector)
        lines = f"summary: {quoted}\ntags: [{quoted}]\nauthors: [{quoted}]\nseries: {quoted}\n"
        lines += f"corrections: [{{date: 2026-01-02, note: {quoted}}}]\n"
        put(made, f"articles/f{number}.md", head.format(title=quoted, more=lines) + f"Text.\n\n![{vector}](x.svg)\n")
        if sources:
            put(made, f"sources/t{number}.txt", f"T{number}\n\n{_PROSE}\n\n{vector}\n\n{_PROSE}\n")
    if sources:
        _put_sources(made)
    put(made, "articles/x.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    for number, link in enumerate(LINKS, len(TAGS)):
        vector = armed(link, number)
        bracketed = vector.replace("<", "%3C").replace(">", "%3E")
        body = f"[a](<{bracketed}>) ![b](<{bracketed}>) [c][d] <{bracketed}>\n\n[d]: <{bracketed}>\n\n"
        for place in ("a href", "img src", "blockquote cite", "img srcset", "video poster", "source src", "area href"):
            body += f'<{place}="{vector}">x\n\n<{place}={html.escape(vector)}>y\n\n'
        put(made, f"articles/l{number}.md", head.format(title=f"L{number}", more="") + body)
        for key in ("canonical", "image", "aliases", "slug"):
            more = f"{key}: {json.dumps([vector] if key == 'aliases' else vector)}\n"
            put(made, f"articles/{key}{number}.md", head.format(title=f"{key} {number}", more=more) + "Text.\n")
        page = f'<!doctype html><title>H</title><h1>H{number}</h1><p>{_PROSE} <a href="{vector}">x</a><p>{_PROSE}'
        page += f'<img src="{vector}" alt=z><p>{_PROSE}<blockquote cite="{vector}">{_PROSE}</blockquote>'
        if sources:
            put(made, f"sources/h{number}.html", page)
    return made


def _put_sources(made: Site) -> None:
    """A feed, a mailbox, and documents and exports of every other kind."""
    vectors = [armed(tag, number) for number, tag in enumerate(TAGS)]
    put(made, "sources/old.xml", export([vector for vector in vectors if not FORBIDDEN.search(vector)]))
    put(made, "sources/letters.mbox", mailbox(vectors))
    for name, data in hostile_sources.files(smuggled(), every=LONG):
        (made.root / "content/sources" / name).write_bytes(data)


def smuggled() -> list[Vector]:
    """All vectors, each with an address that runs a script."""
    tags = [Vector(number, armed(tag, number), armed(f"javascript:{JS}", number)) for number, tag in enumerate(TAGS)]
    links = [armed(link, number) for number, link in enumerate(LINKS, len(TAGS))]
    return tags + [
        Vector(number, f'<a href="{link}">x</a><img src="{link}" alt=z>', link)
        for number, link in enumerate(links, len(TAGS))
    ]


def export(vectors: list[str]) -> str:
    """A feed with full content, one vector an item: in its title, its text, its category and its author."""
    items = "".join(
        f"<item><title>{html.escape(f'E{number} {vector}')}</title><guid isPermaLink='false'>urn:x:e{number}</guid>"
        f"<pubDate>Thu, 01 Jan 2026 09:00:00 GMT</pubDate><category>{html.escape(vector)}</category>"
        f"<dc:creator>{html.escape(vector)}</dc:creator><link>https://old.example/e{number}/</link>"
        f"<content:encoded>{html.escape(f'<p>{_PROSE}</p>{vector}<p>{_PROSE}</p>')}</content:encoded></item>"
        for number, vector in enumerate(vectors)
    )
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    channel = f"<title>Old</title><link>https://old.example/</link><description>d</description>{items}"
    return f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel>{channel}</channel></rss>'


def mailbox(vectors: list[str]) -> str:
    """Newsletters as HTML, one vector a mail."""
    return "".join(
        f"From desk@old.example Thu Jan  1 09:00:00 2026\nFrom: Desk <desk@old.example>\nSubject: N{number}\n"
        f"Date: Thu, 01 Jan 2026 09:00:00 +0000\nMessage-ID: <n{number}@old.example>\nMIME-Version: 1.0\n"
        f"Content-Type: text/html; charset=utf-8\n\n<h1>N{number}</h1><p>{_PROSE}</p><p>{vector}</p><p>{_PROSE}</p>\n\n"
        for number, vector in enumerate(vectors)
    )


def put(made: Site, path: str, text: str) -> None:
    """A file of content, as bytes: vectors hold characters that text mode would change."""
    file = made.root / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())


def built(made: Site, address: str, out: Path) -> list[str]:
    """Builds without what is refused; every refusal names its file. Gives the refusals."""
    refused: list[str] = []
    for _ in range(20):
        run = made.run("build", "--base-url", address, "--out", str(out), "--future", "--jobs", "1")
        if run.code == 0:
            return refused
        named = set(re.findall(r"^(content/\S+?)(?::\d+)*: error\[", run.err, re.MULTILINE))
        assert named, run.err
        refused += named
        for path in named:
            (made.root / path).unlink()
    raise AssertionError("refused again and again")


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_nothing_of_a_stranger_runs(
    server: tuple[Path, int, list[tuple[str, str]]], tmp_path: Path, engine: str
) -> None:
    """No script, no frame, no style, no request off the site: in any page, and in the content of any entry."""
    folder, port, asked = server
    made = hostile_site(tmp_path / "mysite", sources=engine == "markdown")
    with (made.root / "tagwire.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'engine = "{engine}"\nper_feed = 1000\n')
    refused = built(made, f"http://127.0.0.1:{port}/site/", folder / "site")
    assert len(refused) < len(TAGS), "most are shown, harmless"
    pages = [f"/site/{path}" for path in made.outputs(str(folder / "site")) if path.endswith(".html")]
    lists = [path for path in pages if not path.startswith("/site/articles/")]
    pages = [path for path in pages if path not in lists[30:]]  # one template makes all lists
    assert len(pages) > 2 * len(TAGS)
    items: list[dict[str, Any]] = json.loads((folder / "site/feed.json").read_bytes())["items"]
    assert len(items) > 2 * len(TAGS)
    (folder / "entries").mkdir()
    for number, item in enumerate(items):
        document = f"<!doctype html><meta charset=utf-8><title>x</title>{item['content_html']}"
        (folder / f"entries/{number}.html").write_text(document, encoding="utf-8")
    pages += [f"/entries/{number}.html" for number in range(len(items))]
    asked.clear()
    found = [line for at in range(0, len(pages), _BATCH) for line in look(pages[at : at + _BATCH], folder, port)]
    assert found == []
    assert [path for _, path in asked if path.startswith("/hit")] == []
    strangers = {(host, path) for host, path in asked if host != f"127.0.0.1:{port}"}
    pictures = {("evil.example", f"/{name}") for name in ("x", "p.png", "y.png")}  # the last two: exports' backgrounds
    assert strangers <= pictures, "a picture elsewhere is the only thing that an article may load"


def look(pages: list[str], folder: Path, port: int) -> list[str]:
    """What the browser finds in these pages, its scripts switched on."""
    (folder / "inspect.html").write_text(_INSPECT.replace("PAGES", json.dumps(pages)), encoding="utf-8")
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    flags += " --disable-component-update --disable-sync --enable-logging=stderr --dump-dom --virtual-time-budget=30000"
    rules = f"MAP *.example 127.0.0.1:{port}"
    command = [program("chromium"), *flags.split(), f"--host-resolver-rules={rules}"]
    command += [f"--user-data-dir={folder.parent / 'profile'}", f"http://127.0.0.1:{port}/inspect.html"]
    run = subprocess.run(command, check=True, capture_output=True, text=True, timeout=400)
    shown = re.search(r"<pre>(.*?)</pre>", run.stdout, re.DOTALL)
    assert shown, run.stdout[-2000:]
    findings: list[str] = json.loads(html.unescape(shown[1]))
    return findings + [line for line in run.stderr.splitlines() if ":CONSOLE" in line]
