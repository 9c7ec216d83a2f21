"""Scores conversions of web pages: Tagwire beside trafilatura, readability-lxml, markitdown and pandoc, in one run.

    python bench/convert.py --pages DIR [--labels FILE] [--peers trafilatura,pandoc]

DIR is a copy of scrapinghub/article-extraction-benchmark: `html/NAME.html.gz` and `ground-truth.json`. FILE holds what
somebody has read on some of the pages: {NAME: {"title": …, "authors": […], "dates": ["2019-11-18", …]}}.
Without DIR only structure and literal text are scored, on pages and strings of our own.

- body: 4-word shingles of what a reader sees; the averages over pages of precision and recall, and their F1.
- structure: pages of our own → Markdown → HTML again; F over elements with the same text, averaged over 12 kinds.
- literal: strings that must be shown as they are, in a paragraph; those that survive.

Each peer from PyPI gets an environment of its own; pandoc is Debian's. Milliseconds of processor time for a page.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import markdown
from lxml import html as lxml_html

HERE = Path(__file__).resolve().parent
PEERS = {
    "tagwire": "",
    "trafilatura": "trafilatura lxml-html-clean markdown",
    "readability-lxml": "readability-lxml lxml-html-clean markdownify",
    "markitdown": "markitdown",
    "pandoc": "",
}
RUNNERS = {
    "tagwire": """
from datetime import UTC, datetime
from tagwire import intake
from tagwire.intake.found import Asked, Refused
import re, yaml
ASKED = Asked(site="", modified=datetime(2020, 1, 1, tzinfo=UTC))
def convert(data):
    made = intake.convert(data, "sources/page.html", ASKED)
    if isinstance(made, Refused):
        return "", {}
    head, _, body = made.text[4:].partition("\\n---\\n")
    told = yaml.safe_load(head)
    date = "" if "date_source" in told else str(told["published"])[:10]
    return body, {"title": made.title, "authors": told.get("authors", []), "date": date}
""",
    "trafilatura": """
import trafilatura
def convert(data):
    options = {"output_format": "markdown", "include_formatting": True, "include_links": True}
    text = trafilatura.extract(data, include_tables=True, include_images=True, **options) or ""
    told = trafilatura.extract_metadata(data)
    authors = (told.author or "").split("; ") if told and told.author else []
    return text, {"title": told.title if told else "", "authors": authors, "date": told.date if told else ""}
""",
    "readability-lxml": """
from readability import Document
from markdownify import markdownify
def convert(data):
    page = Document(data.decode("utf-8", "replace"))
    return markdownify(page.summary()), {"title": page.short_title()}
""",
    "markitdown": """
from io import BytesIO
from markitdown import MarkItDown, StreamInfo
TOOL = MarkItDown()
def convert(data):
    made = TOOL.convert_stream(BytesIO(data), stream_info=StreamInfo(extension=".html", mimetype="text/html"))
    return made.markdown, {"title": made.title or ""}
""",
    "pandoc": """
import subprocess
def convert(data):
    run = subprocess.run(["pandoc", "-f", "html", "-t", "markdown_phpextra"], input=data, capture_output=True)
    return run.stdout.decode("utf-8", "replace"), {}
""",
}
LOOP = """
import json, logging, os, sys
logging.disable(logging.CRITICAL)
names = json.load(open(sys.argv[1]))
out = {}
def used():
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
begun = 0.0
for number, name in enumerate(names):
    if number == 1:
        begun = used()
    try:
        out[name] = convert(open(name, "rb").read())
    except Exception as error:
        out[name] = ("", {"error": repr(error)[:200]})
json.dump({"pages": out, "ms": 1000 * (used() - begun) / max(1, len(names) - 1)}, open(sys.argv[2], "w"))
"""


# ------------------------------------------------------------------ running


def environment(name: str, work: Path) -> str:
    """The interpreter that has a tool."""
    if not PEERS[name]:
        return sys.executable
    folder = work / f"venv-{name}"
    if not folder.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)  # noqa: S603
        subprocess.run([folder / "bin/pip", "-q", "install", *PEERS[name].split()], check=True)  # noqa: S603
    return str(folder / "bin/python")


def converted(name: str, sources: dict[str, bytes], work: Path) -> tuple[dict[str, tuple[str, dict]], float]:
    """(Markdown, metadata) of each source by a tool, and milliseconds each."""
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for number, (key, data) in enumerate(sources.items()):
            file = Path(folder, f"{number}.html")
            file.write_bytes(data)
            files[str(file)] = key
        listed, answered = Path(folder, "list.json"), Path(folder, "out.json")
        listed.write_text(json.dumps(list(files)), encoding="utf-8")
        command = [environment(name, work), "-c", RUNNERS[name] + LOOP, str(listed), str(answered)]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)  # noqa: S603
        answer = json.loads(answered.read_text(encoding="utf-8"))
    return {files[file]: (text, told) for file, (text, told) in answer["pages"].items()}, answer["ms"]


def rendered(text: str) -> str:
    """Markdown as HTML, in the dialect that the tool aims at or the next best."""
    return markdown.markdown(text, extensions=["extra", "sane_lists"])


# ------------------------------------------------------------------ scores


def seen(text: str) -> str:
    """What a reader of the Markdown sees."""
    return html.unescape(re.sub(r"<[^<>]+>", " ", rendered(text)))


def shingles(text: str) -> Counter:
    """Four words each."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)) if words)


def body(pages: dict[str, tuple[str, dict]], truth: dict[str, str]) -> str:
    """F1, precision and recall."""
    rows = []
    for key, true in truth.items():
        want, got = shingles(true), shingles(seen(pages[key][0]))
        hit = sum((want & got).values())
        rows.append((hit / max(1, sum(got.values())), hit / max(1, sum(want.values()))))
    precision, recall = (sum(row[at] for row in rows) / len(rows) for at in (0, 1))
    return f"{2 * precision * recall / max(1e-9, precision + recall):.3f} {precision:.3f} {recall:.3f}"


def words(text: str) -> list[str]:
    """Those of a title or name, without case and signs."""
    return re.findall(r"\w+", text.lower())


def told(pages: dict[str, tuple[str, dict]], labels: dict[str, dict]) -> str:
    """Shares of titles, bylines and dates that are right, and how many dates there are on pages without one."""
    said = {key: pages[key][1] for key in labels}
    if not any(map(len, said.values())):
        return "tells none"
    titles = sum(words(said[key].get("title") or "") == words(label["title"]) for key, label in labels.items())
    names = sum(
        {tuple(words(name)) for name in said[key].get("authors") or ()} == {tuple(words(n)) for n in label["authors"]}
        for key, label in labels.items()
    )
    dated = {key: label for key, label in labels.items() if label["dates"]}
    dates = sum((said[key].get("date") or "") in label["dates"] for key, label in dated.items())
    invented = sum(bool(said[key].get("date")) for key in labels if key not in dated)
    shares = (titles / len(labels), names / len(labels), dates / max(1, len(dated)))
    return " ".join(f"{share:.0%}" for share in shares) + f" {invented}/{len(labels) - len(dated)}"


KINDS = {
    "headings": "h2 h3 h4",
    "paragraphs": "p",
    "bullets": "ul",
    "numbers": "ol",
    "items": "li",
    "quotations": "blockquote",
    "code blocks": "pre",
    "code": "code",
    "tables": "table",
    "cells": "td th",
    "links": "a",
    "emphasis": "em strong",
}


def elements(source: str, tags: str) -> Counter:
    """The elements of a kind, each with its text."""
    root = lxml_html.fromstring(f"<div>{source}</div>")
    found = (each for each in root.iter(*tags.split()))
    return Counter((each.tag, each.get("href", ""), "".join("".join(each.itertext()).split())) for each in found)


def structure(pages: dict[str, tuple[str, dict]], sources: dict[str, str]) -> str:
    """F over elements, averaged over the kinds."""
    scores = []
    for tags in KINDS.values():
        hit = want = got = 0
        for key, source in sources.items():
            true, made = elements(source, tags), elements(rendered(pages[key][0]), tags)
            hit, want, got = hit + sum((true & made).values()), want + true.total(), got + made.total()
        scores.append(2 * hit / max(1, want + got))
    return f"{sum(scores) / len(scores):.3f}"


# ------------------------------------------------------------------ pages of our own

LEAD = "The ferry to Skarv sails again from Monday on, said its captain, after the longest winter of all."
MORE = "The harbour was frozen for eleven weeks, and the mail came over the ice on a sledge with two dogs."
PARTS = (
    f"<h2>The ice</h2><p>{MORE}</p><h3>In March</h3><p>It broke on a <strong>Tuesday</strong>, <em>at last</em>.</p>",
    "<p>She carries:</p><ul><li>flour</li><li>apples<ul><li>red ones</li><li>green ones</li></ul></li><li>mail</li></ul>",
    "<p>How it went:</p><ol><li>The ice broke.</li><li>The bell rang.</li><li>They <em>all</em> came down.</li></ol>",
    f"<p>He said:</p><blockquote><p>{LEAD}</p><p>We had <strong>no</strong> doubt.</p></blockquote>",
    "<p>The log is plain text:</p><pre><code>day  wind\n1    NE 5\n\n2    calm</code></pre>",
    "<p>Call <code>ferry --day 1</code> or see the <a href='https://ferry.example/times?a=1&amp;b=2'>timetable</a>.</p>",
    (
        "<table><thead><tr><th>Day</th><th>Hour</th></tr></thead><tbody><tr><td>Monday</td><td>9 | 17</td></tr>"
        "<tr><td>Friday</td><td><em>noon</em></td></tr></tbody></table>"
    ),
    "<ul><li><p>One thing.</p><p>And more of it.</p></li><li><p>Another, with <a href='https://b.example/'>b</a>.</p></li></ul>",
    "<table><thead><tr><th colspan='2'>Both</th></tr></thead><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
    "<blockquote><p>As they say:</p><ul><li>first come</li><li>first served</li></ul></blockquote>",
    "<ol><li>Fetch it:<ul><li>by boat</li><li>by sledge</li></ul></li><li>Carry it.</li></ol>",
)


def page(content: str) -> str:
    """An article around some content, long enough that nobody takes it for something else."""
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>The ferry returns</title></head><body>"
        f"<article><h1>The ferry returns</h1><p>{LEAD}</p><p>{MORE}</p>{content}<p>{MORE[::-1].title()}</p></article>"
        "</body></html>"
    )


def hostile() -> list[str]:
    """The strings of the project's tests that stand on one line."""
    sys.path.insert(0, str(HERE.parent / "tests"))
    from test_intake_escape import HOSTILE  # noqa: PLC0415

    return [text for text in HOSTILE if " ".join(text.split()) == text and text.isprintable()]


def literal(pages: dict[str, tuple[str, dict]], strings: list[str]) -> str:
    """How many strings are shown as they are, and how many of the pages are."""
    kept = 0
    for number, text in enumerate(strings):
        shown = rendered(pages[f"literal {number}"][0])
        parts = [html.unescape(each) for each in re.findall(r"<p>([^<]*)</p>", shown)]
        kept += any(" ".join(part.split()) == f"Then: x {text} y" for part in parts)
    return f"{kept}/{len(strings)}"


def main() -> None:
    """Runs every tool, prints a row for each."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=Path)
    options.add_argument("--labels", type=Path)
    options.add_argument("--peers", default=",".join(PEERS))
    options.add_argument("--work", type=Path, default=Path(tempfile.gettempdir(), "tagwire-bench-convert"))
    args = options.parse_args()
    if strange := [name for name in args.peers.split(",") if name not in PEERS]:
        sys.exit(f"--peers: {', '.join(strange)} isn't known; there are {', '.join(PEERS)}")
    if args.pages and not (args.pages / "ground-truth.json").exists():
        sys.exit(f"--pages: {args.pages} has no ground-truth.json, so it is no copy of the benchmark")
    args.work.mkdir(parents=True, exist_ok=True)
    strings = hostile()
    parts = {f"part {number}": part for number, part in enumerate(PARTS)}
    sources = {key: page(part).encode() for key, part in parts.items()}
    whole = {key: f"<p>{LEAD}</p><p>{MORE}</p>{part}<p>{MORE[::-1].title()}</p>" for key, part in parts.items()}
    for number, text in enumerate(strings):
        sources[f"literal {number}"] = page(f"<p>Then: x {html.escape(text, quote=False)} y</p>").encode()
    truth, labels = {}, json.loads(args.labels.read_text(encoding="utf-8")) if args.labels else {}
    if args.pages:
        told_true = json.loads((args.pages / "ground-truth.json").read_text(encoding="utf-8"))
        truth = {key: value["articleBody"] for key, value in told_true.items()}
        for key in truth:
            sources[key] = gzip.decompress((args.pages / "html" / f"{key}.html.gz").read_bytes())
    print(f"{'':18}{'body F1, p, r':>20}{'title, byline, date, invented':>34}{'structure':>11}{'literal':>9}{'ms':>7}")
    for name in args.peers.split(","):
        if name == "pandoc" and not shutil.which("pandoc"):
            print(f"{name:18} not installed")
            continue
        pages, _ = converted(name, {key: data for key, data in sources.items() if key not in truth}, args.work)
        real, spent = converted(name, {key: sources[key] for key in truth}, args.work) if truth else ({}, 0.0)
        row = (body(real, truth) if truth else "", told(real, labels) if labels and truth else "")
        scores = structure(pages, whole), literal(pages, strings)
        print(f"{name:18}{row[0]:>20}{row[1]:>34}{scores[0]:>11}{scores[1]:>9}{spent:>7.0f}", flush=True)


if __name__ == "__main__":
    main()
