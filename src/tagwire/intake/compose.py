"""The article file: front matter as people write it, and the body below."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from tagwire.model import Cut, Recording, When


@dataclass(frozen=True, slots=True)
class Parts:
    """All that an article file holds; what is empty or None is left out."""

    id: str
    title: str
    published: When
    updated: When | None
    from_file: bool
    """`published` is the source file's own time."""
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    summary: str
    lang: str
    canonical: str
    path: str
    sha256: str
    cuts: tuple[Cut, ...]
    markdown: str
    slug: str = ""
    """Only where the file's name doesn't say it."""
    draft: bool = False
    aliases: tuple[str, ...] = ()
    image: str = ""
    item: str = ""
    """Which one of the source's articles it is."""
    left: tuple[str, ...] = ()
    title_derived: bool = False
    """It was made of the text, not found."""
    author_note: str = ""
    expires: When | None = None
    series: str = ""
    enclosure: Recording | None = None
    translations: tuple[tuple[str, str], ...] = ()
    """(language, file) of each."""
    timeless: bool = False
    """A standing page without a date of its own."""


def blank(identity: str, title: str, published: When, tags: tuple[str, ...], *, draft: bool) -> str:
    """An article of which only the front matter is written."""
    keys: list[tuple[str, object]] = [("tags", list(tags)), ("draft", draft)]
    lines = [_line("id", identity), _line("title", title), f"published: {published.iso}"]
    return "\n".join(["---", *lines, *(_line(key, value) for key, value in keys if value), "---", "", ""])


def compose(parts: Parts) -> str:
    """The file as text. Keys are in the order of the handbook; the file knows its own fingerprint."""
    keys: list[tuple[str, object]] = [
        ("id", parts.id),
        ("title", parts.title),
        ("authors", list(parts.authors)),
        ("author_note", parts.author_note),
        ("tags", list(parts.tags)),
        ("summary", parts.summary),
        ("slug", parts.slug),
        ("lang", parts.lang),
        ("draft", parts.draft),
        ("aliases", list(parts.aliases)),
        ("canonical", parts.canonical),
        ("image", parts.image),
        ("enclosure", _recording(parts.enclosure) if parts.enclosure else None),
        ("series", parts.series),
        ("translations", dict(parts.translations)),
    ]
    lines = [_line(key, value) for key, value in keys if value]
    lines[2:2] = [
        *(["title_source: derived"] if parts.title_derived else []),
        *_dates(parts),
    ]  # dates are no YAML strings: unquoted, as people write them
    text = "\n".join(["---", *lines, *_source(parts), "---", "", parts.markdown])
    return restamped(text)


def _recording(found: Recording) -> dict[str, object] | str:
    """As the front matter says it; the link alone where there is nothing else."""
    minutes, seconds = divmod(found.duration, 60)
    hours, minutes = divmod(minutes, 60)
    clock = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    pairs: dict[str, object] = {
        "url": found.link,
        "length": found.length,
        "type": found.type or None,
        "duration": clock if found.duration else None,
        "season": found.season or None,
        "episode": found.episode or None,
        "explicit": found.explicit,
        "kind": None if found.kind == "full" else found.kind,
    }
    kept = {key: value for key, value in pairs.items() if value is not None}
    return found.link if len(kept) == 1 else kept


_MARK = "  converted: "
_STAMP = re.compile(rf"^{_MARK}.*$", re.MULTILINE)


def restamped(text: str) -> str:
    """A converted article's file with the fingerprint of what it says now: it counts as not edited by its owner."""
    return _STAMP.sub(f"{_MARK}{fingerprint(text)}", text, count=1)


def _dates(parts: Parts) -> list[str]:
    lines = [] if parts.timeless else [f"published: {parts.published.iso}"]
    if parts.updated is not None:
        lines.append(f"updated: {parts.updated.iso}")
    if parts.from_file and not parts.timeless:
        lines.append("date_source: file")
    if parts.expires is not None:
        lines.append(f"expires: {parts.expires.iso}")
    return lines


def _source(parts: Parts) -> list[str]:
    lines = ["source:", f"  {_line('path', parts.path)}"]
    if parts.item:
        lines.append(f"  {_line('item', parts.item)}")
    lines += [f"  {_line('sha256', parts.sha256)}", _MARK]
    if parts.cuts:
        lines.append("  cut:")
        lines += [f"    - {_flow(_cut(c))}" for c in parts.cuts]
    if parts.left:
        lines.append("  left:")
        lines += [f"    - {_flow(left)}" for left in parts.left]
    return lines


def _cut(cut: Cut) -> dict[str, str]:
    """As the front matter says it: a format without lines has none."""
    lines = {"lines": cut.lines} if cut.lines else {}
    return {**lines, "rule": cut.rule, "sha256": cut.sha256}


def _line(key: str, value: object) -> str:
    return f"{key}: {_flow(value)}"


_PLAIN = re.compile(
    r"(?=[^\W\d_])[\w’ ./()“”–—-]*(?:(?<=\w)[:'](?=[\w/])[\w’ ./()“”–—-]*)*(?<=[\w.)’”])"
    r"|(?=[0-9]*[a-f])[0-9a-f]{64}|[0-9]{1,7}-[0-9]{1,7}"
)
"""Strings that need no quotes, inside brackets either: words, digests, and spans of lines."""
_WORDS = frozenset("y n yes no on off true false null".split())


def _flow(value: object) -> str:
    """`value` on one line of YAML, strings quoted only where they need it."""
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(_line(key, each) for key, each in value.items()) + "}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else _quoted(value)


def _quoted(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    if not all(c.isprintable() or c in "\u00a0\u202f\u3000" for c in value):
        return yaml.dump(value, default_style='"', allow_unicode=True, width=float("inf")).rstrip("\n")
    if "'" in value and '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def fingerprint(text: str) -> str:
    """sha256 (hex) of an article file's text without its own `converted:` line, whatever its line ends.

    The conversion writes it as `source.converted`; where they differ, somebody has edited the file.
    """
    unix = text.replace("\r\n", "\n")
    end = unix.find("\n---\n", 3)
    front = unix[: end if end >= 0 else len(unix)]
    own = re.sub(r"^[ \t]+converted:.*(?:\n|\Z)", "", front, count=1, flags=re.MULTILINE)
    rest = unix[len(front) :]
    return hashlib.sha256((own.removesuffix("\n") + rest).encode(errors="surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Origin:
    """What an article file says of where it comes from; empty where it doesn't."""

    id: str
    path: str
    item: str
    sha256: str
    converted: str
    aliases: tuple[str, ...] = ()


_ID = re.compile(r"^id:[ \t]+(.+)$", re.MULTILINE)
_ALIASES = re.compile(r"^aliases:[ \t]+(\[.+\])$", re.MULTILINE)
_QUICK = (("id", _ID), ("aliases", _ALIASES))
_SOURCE = re.compile(r"^source:[ \t]*\n((?:[ \t]+.*(?:\n|\Z))+)", re.MULTILINE)


def origin(text: str) -> Origin:
    """Where an article comes from, read as fast as 100,000 files want it: two keys, and nothing is checked."""
    unix = text.removeprefix("\ufeff").replace("\r\n", "\n")
    front = unix[: unix.find("\n---\n", 3) + 1] if unix.startswith("---\n") else ""
    lines = [f"{key}: {found[1]}" for key, pattern in _QUICK if (found := pattern.search(front))]
    if block := _SOURCE.search(front):
        shallow = [line.strip() for line in block[1].split("\n")]
        lines += [line for line in shallow if re.match(r"(?:path|item|sha256|converted): ", line)]
    try:
        keys = yaml.load("\n".join(lines), Loader=_LOADER) if lines else {}  # noqa: S506 - it makes texts only
    except yaml.YAMLError:
        keys = {}
    texts = {key: value for key, value in keys.items() if isinstance(value, str)} if isinstance(keys, dict) else {}
    aliases = keys.get("aliases") if isinstance(keys, dict) else None
    old = tuple(alias for alias in aliases if isinstance(alias, str)) if isinstance(aliases, list) else ()
    said = {key: texts.get(key, "") for key in ("id", "path", "item", "sha256", "converted")}
    return Origin(**said, aliases=old)


_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
