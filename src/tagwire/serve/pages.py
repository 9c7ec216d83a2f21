"""What the preview adds to the site: the reload script, marks of drafts, errors, feeds as a reader shows them. Pure."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from tagwire.problems import show

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagwire.problems import Problem

OWN = ".tagwire/"
"""Addresses below it are the preview's own; no site has one, since no file of it begins with a dot."""

SCRIPT = """\
// Shows the page anew when the site was built anew. What is on the screen tells so, and is made before all the rest.
let number = document.currentScript.dataset.number, source;
function listen() {
  if (source || document.hidden) return;
  source = new EventSource("/.tagwire/events?" + new URLSearchParams({ page: location.pathname }));
  source.onmessage = (event) => { if (event.data !== number) { rest(); renew().catch(() => location.reload()); } };
}
function rest() { source?.close(); source = undefined; }
const OWN = "script[data-number]";
const SET = "link[rel~=stylesheet], style, base, script:not([type='application/ld+json'])";
const set = (page) => [...page.querySelectorAll(SET)].filter((it) => !it.matches(OWN)).map((it) => it.outerHTML);
// A browser takes a tenth of a second to load a page. Where only its text is another, that is put in place.
async function renew() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const lively = page.querySelector(OWN);
  if (!lively || set(page).join() !== set(document).join() || set(page).some((each) => each.startsWith("<script")))
    return location.reload();
  number = lively.dataset.number;
  const root = document.documentElement;
  for (const each of [...root.attributes]) root.removeAttribute(each.name);
  for (const each of page.documentElement.attributes) root.setAttribute(each.name, each.value);
  for (const each of [...document.head.children]) if (!each.matches(SET)) each.remove();
  document.head.append(...[...page.head.children].filter((each) => !each.matches(SET)));
  document.body.replaceWith(page.body);
  listen();
}
document.addEventListener("visibilitychange", () => document.hidden ? rest() : listen());
addEventListener("pagehide", rest);
addEventListener("pageshow", listen);
listen();
"""
STYLE = """\
.tagwire-mark { position: sticky; top: 0; z-index: 9; margin: 0; padding: .4em 1em; background: #8a4b00; color: #fff;
  font: 600 .9rem/1.4 system-ui, sans-serif; }
.tagwire-page { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.55 system-ui, sans-serif;
  color: #1b1b1b; background: #fff; }
.tagwire-page pre { padding: 1em; overflow: auto; background: #f3f0ea; font: .9rem/1.5 ui-monospace, monospace; }
.tagwire-page iframe { width: 100%; height: 20rem; border: 1px solid #ccc; background: #fff; }
.tagwire-page h2 { margin-bottom: .2em; } .tagwire-page small { color: #555; }
"""
_MARKS = {
    "draft": "A draft: readers don’t see this page.",
    "future": "Dated in the future: readers don’t see this yet.",
}


def with_script(page: bytes, number: int, mark: str = "") -> bytes:
    """An HTML page with the script, and a mark where readers don't see it."""
    head = (
        f'<link rel="stylesheet" href="/{OWN}style.css"><script src="/{OWN}reload.js" data-number="{number}"></script>'
    )
    text = page.decode(errors="replace")
    text = text.replace("</head>", f"{head}</head>", 1) if "</head>" in text else head + text
    if mark:
        bar = f'<p class="tagwire-mark" role="status">{_MARKS[mark]}</p>'
        text = re.sub(r"<body[^>]*>", lambda found: found[0] + bar, text, count=1)
    return text.encode()


def errors(problems: Iterable[Problem]) -> bytes:
    """The page that stands for every other one until the errors are mended."""
    found = sorted(problems)
    count = f"{len(found)} error{'s' if len(found) != 1 else ''}"
    shown = "".join(f"<pre>{escape(show(problem))}</pre>" for problem in found)
    words = "The site can’t be built. This page goes by itself when the errors are mended."
    return _page(count, f"<h1>{count}</h1><p>{words}</p>{shown}")


@dataclass(frozen=True, slots=True)
class _Entry:
    title: str
    url: str
    date: str
    tags: tuple[str, ...]
    html: str


def feed(data: bytes, path: str) -> bytes | None:
    """The feed as a reader shows it; None if it can't be read."""
    try:
        title, entries = _json(data) if data.startswith(b"{") else _xml(data)
    except (ValueError, KeyError, TypeError, ET.ParseError):
        return None
    parts = [f'<h1>{escape(title)}</h1><p><small><a href="?raw">{escape(path)} as it is</a></small></p>']
    for entry in entries:
        tags = " · ".join((entry.date[:10], *entry.tags))
        parts.append(
            f'<article><h2><a href="{escape(entry.url)}">{escape(entry.title)}</a></h2><small>{escape(tags)}</small>'
            f'<iframe sandbox="" title="{escape(entry.title)}" srcdoc="{escape(entry.html)}"></iframe></article>'
        )
    return _page(title, "".join(parts) if entries else parts[0] + "<p>No entries yet.</p>")


def _page(title: str, body: str) -> bytes:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body class="tagwire-page">{body}</body></html>'.encode()


_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def _xml(data: bytes) -> tuple[str, list[_Entry]]:
    root = ET.fromstring(data)  # noqa: S314 - our own bytes, written a moment ago
    channel = root.find("channel")
    if channel is not None:
        return channel.findtext("title", ""), [_item(item) for item in channel.findall("item")]
    return root.findtext(f"{_ATOM}title", ""), [_entry(entry) for entry in root.findall(f"{_ATOM}entry")]


def _item(item: ET.Element) -> _Entry:
    tags = tuple(each.text or "" for each in item.findall("category"))
    html = item.findtext(_CONTENT) or item.findtext("description") or ""
    return _Entry(item.findtext("title", ""), item.findtext("link", ""), item.findtext("pubDate", ""), tags, html)


def _entry(entry: ET.Element) -> _Entry:
    links = [
        each.get("href") or "" for each in entry.findall(f"{_ATOM}link") if each.get("rel", "alternate") == "alternate"
    ]
    tags = tuple(each.get("label") or each.get("term") or "" for each in entry.findall(f"{_ATOM}category"))
    html = entry.findtext(f"{_ATOM}content") or escape(entry.findtext(f"{_ATOM}summary") or "")
    date = entry.findtext(f"{_ATOM}published", "")
    return _Entry(entry.findtext(f"{_ATOM}title", ""), "".join(links[:1]), date, tags, html)


def _json(data: bytes) -> tuple[str, list[_Entry]]:
    found = json.loads(data)
    entries = [
        _Entry(
            each.get("title", ""),
            each.get("url", ""),
            each.get("date_published", ""),
            tuple(each.get("tags", ())),
            each.get("content_html", ""),
        )
        for each in found["items"]
    ]
    return found["title"], entries
