"""Markdown of other generators as Markdown: their shortcodes, Liquid tags and list nesting, outside of code.

What a tag showed is kept where that can be known; every other tag goes, and is named.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from tagwire import names
from tagwire.intake.exports import fences, kramdown, lists
from tagwire.intake.exports.shortcodes import attributes

if TYPE_CHECKING:
    from collections.abc import Callable

_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\s+([\w#+.-]+)[^%]*-?%\}\n?((?:(?!\{%-?\s*highlight).)*?)\n?\{%-?\s*endhighlight\s*-?%\}"
    r"|\{\{[<%]\s*highlight\s+\"?([\w#+.-]+)[^>%]*[>%]\}\}\n?((?:(?!\{\{[<%]\s*highlight).)*?)\n?\{\{[<%]\s*/\s*highlight\s*[>%]\}\}",
    re.DOTALL,
)
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}((?:(?!\{%-?\s*raw).)*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}(?:(?!\{%).)*\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
"""What a template's author wrote for themselves."""
_SHORTCODE = re.compile(
    r"\{\{(?P<sign>[<%])\s*(?P<quoted>/\*)?(?P<close>/)?\s*(?P<name>[\w/.-]+)(?P<rest>.*?)\s*/?(?:\*/)?\s*[>%]\}\}",
    re.DOTALL,
)
_MERMAID = re.compile(r"\{\{<\s*mermaid[^>]*>\}\}((?:(?!\{\{<).)*?)\{\{<\s*/\s*mermaid\s*>\}\}", re.DOTALL)
_LIQUID = re.compile(r"\{%-?\s*(?P<name>[\w-]+)(?P<rest>.*?)-?%\}", re.DOTALL)
_OUTPUT = re.compile(r"\{\{-?\s*(?P<what>(?>\"[^\"\n]*\"|'[^'\n]*'|[^{}])*?)\s*-?\}\}")
"""Atomic: a quote that may end a string or be a character like any other would be tried both ways, at each quote."""
_PELICAN = re.compile(
    r"(?P<before>\]\(\s*<?|(?:href|src)=[\"']|\]:\s+)[{|](?P<what>static|attach|filename|author|category|tag|index)[}|]"
    r"(?P<name>[^\s()<>\"']*)"
)
_ARTICLE = re.compile(
    r"(?P<before>\]\(\s*<?|href=[\"'])(?!\w+:|//|#)(?P<path>[^\s\"'()<>]*?)(?P<name>[^/\s\"'()<>#]+)\.(?:md|markdown|mdown|rst)(?P<rest>#[^\s\"'()<>]*)?(?=[>)\"'\s])"
)
_PLAYERS: Final = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "gist": "https://gist.github.com/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "x": "https://twitter.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
}
_NOWHERE = re.compile(r"(?<!!)\[([^\[\]\n]*)\]\(\s*\)")
"""A link whose address was a tag."""
_LINKED = re.compile(
    r"!?\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])|^\[[^\[\]\n]+\]:[^\n]*|^</?[A-Za-z][^\n]*(?:\n[^\n]+)*|<[^<>\n]*>",
    re.MULTILINE,
)
"""Links, what they refer to, and HTML."""
_TEXT = re.compile(r"^(?! {4}|\t)[^\n]*://[^\n]*$", re.MULTILINE)
"""A line that is no code."""
_BARE = re.compile(r"(?<![^\s(])https?://[^\s<>\"'`\x00]*[\w/=&#-]")
"""An address by itself, which Hugo and Buttondown make a link."""
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif)\Z", re.IGNORECASE)
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-")


@dataclass(frozen=True, slots=True)
class Mended:
    """Markdown that Tagwire understands, and what could not be carried over."""

    markdown: str
    left: tuple[str, ...]


def mended(text: str) -> Mended:
    """`text` without tags of other generators; code is as it was."""
    left: Counter[str] = Counter()
    kept: list[str] = []

    def keep(code: str) -> str:
        kept.append(code)
        return f"\x00{len(kept) - 1}\x00"

    text = fences.taken(text.replace("\x00", ""), keep, left)
    text = _HIGHLIGHT.sub(
        lambda found: f"\n\n{keep(fences.fenced(found[1] or found[3], found[2] or found[4] or ''))}\n\n", text
    )
    text = _RAW.sub(lambda found: keep(found[1].strip("\n")), text)
    text = _SPAN.sub(lambda found: keep(found[0]), text)
    text = _COMMENT.sub("", text)
    text = _MERMAID.sub(lambda found: f"\n\n{keep(fences.fenced('mermaid', found[1]))}\n\n", text)
    text = _SHORTCODE.sub(lambda found: _shortcode(found, left, keep), text)
    text = _LIQUID.sub(lambda found: _liquid(found, left), text)
    text = _OUTPUT.sub(lambda found: _output(found, left), text)
    text = kramdown.mended(text, left)
    text = _PELICAN.sub(_pelican, text)
    text = _ARTICLE.sub(_neighbour, text)
    text = _NOWHERE.sub(r"\1", text)
    text = re.sub(r"~~(?=\S)(.+?)(?<=\S)~~", r"<del>\1</del>", text)
    if "://" in text:
        text = _LINKED.sub(lambda found: keep(found[0]), text)
        text = _TEXT.sub(lambda line: _BARE.sub(r"<\g<0>>", line[0]), text)
    text = lists.nested(re.sub(r"\n{3,}", "\n\n", text), kept)
    for _ in range(3):
        text = re.sub("\x00(\\d+)\x00", lambda found: kept[int(found[1])], text)
    told = (name if times == 1 else f"{name} ({times} times)" for name, times in left.items())
    return Mended(text.strip("\n") + "\n" if text.strip() else "", tuple(told))


def _gone(tag: str, left: Counter[str]) -> str:
    return kramdown.gone(f"tag {tag}", left)


def _figure(given: dict[str, str]) -> str:
    source = (
        given.get("src") or given.get("image") or given.get("image_path") or given.get("url") or given.get("link") or ""
    )
    if not source:
        return ""
    title, caption = (_inline(given.get(name, "")) for name in ("title", "caption"))
    caption = f"<strong>{title}</strong> {caption}" if title and caption and title != caption else caption or title
    shown = f'<img src="{escape(source)}" alt="{escape(given.get("alt", ""))}">'
    if given.get("link") and given["link"] != source:
        shown = f'<a href="{escape(given["link"])}">{shown}</a>'
    said = f"\n<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure>\n{shown}{said}\n</figure>"


_MARKS: Final = (
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"<strong>\2</strong>"),
    (re.compile(r"(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\1(?!\w)"), r"<em>\2</em>"),
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"(?<!!)\[([^\[\]]*)\]\(([^\s()\"<>]+)\)"), r'<a href="\2">\1</a>'),
)


def _inline(text: str) -> str:
    """Markdown of a caption as HTML, for Markdown within HTML stays as it is."""
    made = escape(text, quote=False)
    for pattern, tag in _MARKS:
        made = pattern.sub(tag, made)
    return made


def _player(name: str, given: dict[str, str]) -> str:
    value = given.get("id") or " ".join(given[key] for key in sorted(given) if key.isdigit()) or given.get("url") or ""
    value = value.strip().replace(" ", "/") if name == "gist" else value.split(" ")[0]
    target = value if value.startswith("http") else _PLAYERS[name].format(value)
    return f"[{target.removeprefix('https://').removeprefix('www.')}]({target})" if value else ""


def _shortcode(found: re.Match[str], left: Counter[str], keep: Callable[[str], str]) -> str:
    """A shortcode of Hugo."""
    name, given = found["name"], attributes(found["rest"])
    if found["quoted"]:
        return keep(found[0].replace("/*", "", 1).replace("*/", "", 1))
    if found["close"]:
        return ""
    if name in ("ref", "relref"):
        path, hash_, anchor = (given.get("path") or given.get("0", "")).partition("#")
        target = _bare(re.sub(r"(?:(?<=.)/_?index)?\.md\Z", "", path))
        return f"../{target}/{hash_}{anchor}" if path else f"{hash_}{anchor}"
    if name in ("figure", "img", "image") and (shown := _figure(given)):
        return shown
    if name in _PLAYERS and (shown := _player(name, given)):
        return shown
    return _gone(found[0], left)


def _liquid(found: re.Match[str], left: Counter[str]) -> str:
    """A tag of Liquid or Nunjucks."""
    name, rest = found["name"], found["rest"].strip()
    given = attributes(rest)
    if name in ("post_url", "link"):
        return f"../{_bare(rest.split(' ')[0])}/"
    if name in _PLAYERS and (shown := _player(name, given)):
        return shown
    if name in ("include", "include_relative", "image", "figure", "img", "picture"):
        pictures = (each for key, each in sorted(given.items()) if key.isdigit() and _PICTURE.search(each))
        source = given.get("src") or next(pictures, given.get("0", ""))
        stem = source.rpartition("/")[2].partition(".")[0].lower()
        if stem in _PLAYERS and (shown := _player(stem, {key: each for key, each in given.items() if key != "0"})):
            return shown
        given = {**given, "src": source} if _PICTURE.search(source) else given
        if shown := _figure({key: value for key, value in given.items() if not key.isdigit()}):
            return shown
    if name.startswith("end"):
        return ""
    return _gone(found[0], left)


def _output(found: re.Match[str], left: Counter[str]) -> str:
    """`{{ site.baseurl }}` and `{{ "/a.png" | relative_url }}`; anything else showed what isn't known here."""
    what = found["what"]
    if re.fullmatch(r"-?\s*(?:site|page|eleventy)\.(?:base_?url|url|root)\s*(?:\|.*)?", what):
        return ""
    text = re.match(
        r"[\"']([^\"']*)[\"']\s*\|\s*(?:relative_url|absolute_url|url|prepend|absURL|relURL|relLangURL)", what
    )
    instead = re.search(r"\|\s*default:\s*(?:\"([^\"]*)\"|'([^']*)')\s*\Z", what)
    if instead:  # a name that only each reader's own mail has
        _gone(found[0], left)
        return instead[1] or instead[2] or ""
    return text[1] if text else _gone(found[0], left)


_LISTED: Final = {"tag": "tags", "category": "tags", "author": "authors"}


def _pelican(found: re.Match[str]) -> str:
    """A link of Pelican's: to a file, or to a list, which has another address here."""
    what, name = found["what"], found["name"]
    if folder := _LISTED.get(what):
        name = f"/{folder}/{names.slug(unquote(name))}/"
    return f"{found['before']}{'/' if what == 'index' else name}"


def _bare(path: str) -> str:
    """The name that an article has here, of the path of its file there."""
    name = path.partition("#")[0].rstrip("/").rpartition("/")[2]
    return _DATED.sub("", re.sub(r"\.(?:md|markdown|html?|mdown|rst)\Z", "", name)).lower()


def _neighbour(found: re.Match[str]) -> str:
    name = found["name"] if found["name"] not in ("index", "_index") else found["path"].rstrip("/").rpartition("/")[2]
    return f"{found['before']}../{_bare(name)}/{found['rest'] or ''}"
