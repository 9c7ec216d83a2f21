"""WordPress's shortcodes as the HTML that they stood for; an unknown one leaves its content and a note."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from typing import Final, TypeAlias

Attributes: TypeAlias = dict[str, str]
"""Of a shortcode; one without a name is `0`, `1`, …"""
Handler: TypeAlias = Callable[[Attributes, str], str]
"""Attributes and content (shortcodes in it are HTML already) → HTML."""

_TAG = re.compile(
    r"\[(?P<doubled>\[?)(?P<name>[A-Za-z][\w-]*)(?P<rest>(?:\s(?:[^\[\]\"'“”″]|\"[^\"]*\"|'[^']*'|[“”″][^“”″]*[“”″])*)?)"
    r"(?P<void>/?)\](?P<redoubled>\]?)"
)
_ATTRIBUTE = re.compile(
    r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|[“”″]([^“”″]*)[“”″]|([^\s'"]+))|"([^"]*)"|'([^']*)'|(\S+)"""
)
_LITERAL = re.compile(r"<(pre|code|script|style)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_LANGUAGES: Final = frozenset(
    """as3 actionscript bash shell coldfusion cpp c csharp css delphi diff erlang fsharp go groovy html javascript js
    java javafx json latex matlab objc perl php powershell python py r ruby scala sql swift text typescript vb xml
    yaml""".split()
)
"""Names of SyntaxHighlighter's shortcodes."""
_VIDEO: Final = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "ted": "https://www.ted.com/talks/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "gist": "https://gist.github.com/{}",
    "wpvideo": "https://videopress.com/v/{}",
    "videopress": "https://videopress.com/v/{}",
    "soundcloud": "https://soundcloud.com/{}",
    "spotify": "https://open.spotify.com/{}",
    "slideshare": "https://www.slideshare.net/slideshow/embed_code/{}",
    "googlemaps": "{}",
    "flickr": "{}",
    "scribd": "https://www.scribd.com/document/{}",
    "facebook": "{}",
    "pinterest": "{}",
    "kickstarter": "{}",
    "bandcamp": "{}",
    "archiveorg": "https://archive.org/details/{}",
    "embed": "{}",
}
_PICTURE = re.compile(r"https?://[^\s\"'<>]+\.(?:jpe?g|png|gif|webp|avif|svg)(?:\?[^\s\"'<>]*)?\Z", re.IGNORECASE)
_TELLING = re.compile(r"\w+_\w+\Z|(?:contact-form|wp-|recent-|display-)")
"""Names that no editor puts between brackets."""
_DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Expanded:
    """HTML, and what could not be carried over."""

    html: str
    left: tuple[str, ...]


def expand(text: str, gallery: Handler) -> Expanded:
    """`text` without shortcodes. `gallery` gives the pictures of `[gallery]`.

    Brackets around a word that nothing tells from an editor's `[sic]` stay; so does what stands in code.
    """
    expansion = _Expansion(gallery)
    return Expanded(expansion.of(text, 0), tuple(expansion.left))


def attributes(text: str) -> Attributes:
    """The attributes in a shortcode's tag, their references resolved."""
    found: Attributes = {}
    for match in _ATTRIBUTE.finditer(text):
        name = match[1].lower() if match[1] else str(sum(key.isdigit() for key in found))
        value = next((part for part in match.groups()[1:] if part is not None), "")
        found[name] = unescape(value)
    return found


class _Expansion:
    def __init__(self, gallery: Handler) -> None:
        self.left: list[str] = []
        self._handlers: dict[str, Handler] = {
            "caption": _caption,
            "wp_caption": _caption,
            "gallery": gallery,
            "audio": _player("audio"),
            "video": _player("video"),
            "playlist": gallery,
            "code": _code(""),
            "sourcecode": _code(""),
            "quote": lambda _, content: f"<blockquote>{content}</blockquote>",
            "latex": lambda _, content: f"<code>{content}</code>",
            **{name: _code(name) for name in _LANGUAGES},
            **{name: _link(pattern) for name, pattern in _VIDEO.items()},
        }

    def of(self, text: str, depth: int) -> str:
        out: list[str] = []
        literals = [(found.start(), found.end()) for found in _LITERAL.finditer(text)]
        at = 0
        for tag in _TAG.finditer(text):
            if tag.start() < at or any(start <= tag.start() < end for start, end in literals):
                continue
            made, end = self._one(text, tag, depth)
            if made is None:
                continue
            out += [text[at : tag.start()], made]
            at = end
        return "".join([*out, text[at:]])

    def _one(self, text: str, tag: re.Match[str], depth: int) -> tuple[str | None, int]:
        """What a tag becomes, and where the text goes on; None if it is no shortcode."""
        name = tag["name"].lower()
        if tag["doubled"] and (tag["redoubled"] or f"[/{tag['name']}]]" in text):  # `[[name]]` shows `[name]`
            end = tag.end() if tag["redoubled"] else text.index(f"[/{tag['name']}]]") + len(tag["name"]) + 4
            return text[tag.start() + 1 : end - 1], end
        start = tag.start() + len(tag["doubled"])
        behind = tag.end() - len(tag["redoubled"])
        closing = None if tag["void"] else re.compile(rf"\[/{re.escape(name)}\]", re.IGNORECASE).search(text, behind)
        given = attributes(tag["rest"])
        if not (name in self._handlers and (given or closing or name in ("gallery", "playlist"))) and not (
            closing or tag["void"] or any(not key.isdigit() for key in given) or _TELLING.match(name)
        ):
            return None, tag.end()
        raw = text[behind : closing.start()] if closing else ""
        end = closing.end() if closing else behind
        verbatim = name in _LANGUAGES or name in ("code", "sourcecode")
        content = raw if verbatim or depth > _DEEPEST else self.of(raw, depth + 1)
        handler = self._handlers.get(name)
        made = handler(given, content) if handler else self._unknown(text[start:behind], given, content)
        return tag["doubled"] + made + (tag["redoubled"] if not closing else ""), end

    def _unknown(self, written: str, given: Attributes, content: str) -> str:
        """The content, and the pictures that its attributes name."""
        self.left.append(f"shortcode {' '.join(written.split())}")
        shown = [value for value in given.values() if _PICTURE.match(value)]
        pictures = "".join(f'<p><img src="{escape(value)}" alt=""></p>' for value in shown if value not in content)
        return f"{pictures}{content}"


def _caption(given: Attributes, content: str) -> str:
    """A picture with its caption, which is an attribute in old ones and stands behind the picture in new ones."""
    picture = re.match(r"\s*(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", content, re.IGNORECASE)
    shown = picture[0] if picture else content
    caption = given.get("caption") or (content[picture.end() :].strip() if picture else "")
    said = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"\n\n<figure>{shown.strip()}{said}</figure>\n\n"


def _player(tag: str) -> Handler:
    def handler(given: Attributes, content: str) -> str:
        named = [value for key, value in given.items() if key not in ("poster", "title")]
        inside = re.search(r"https?://[^\s\"'<>]+", content)
        source = next((value for value in named if re.match(r"(?:https?:)?//|/", value)), inside[0] if inside else "")
        return f'\n\n<figure><{tag} src="{escape(source)}"></{tag}></figure>\n\n' if source else content

    return handler


def _link(pattern: str) -> Handler:
    """A player of elsewhere as a link: `[youtube https://…]`, `[youtube id]`, `[vimeo id=…]`, `[embed]https://…[/embed]`."""

    def handler(given: Attributes, content: str) -> str:
        plain = re.sub(r"<[^>]*>", " ", content).strip()
        named = [given.get(name, "").lstrip("=") for name in ("url", "src", "0", "id")]
        value = next((each for each in [plain, *named] if each), "")
        target = value if value.startswith(("http://", "https://", "//")) else pattern.format(value)
        if not value or not re.match(r"(?:https?:)?//", target):
            return content
        shown = escape(target.removeprefix("https://").removeprefix("http://").removeprefix("www."))
        return f'\n\n<p><a href="{escape(target)}">{shown}</a></p>\n\n'

    return handler


def _code(language: str) -> Handler:
    def handler(given: Attributes, content: str) -> str:
        name = language or given.get("language") or given.get("lang") or given.get("0", "")
        text = unescape(re.sub(r"<br\s*/?>\n?|</p>\s*<p>", "\n", content)).strip("\n")
        mark = f' class="language-{escape(name)}"' if re.fullmatch(r"[\w#+.-]+", name) else ""
        if "\n" not in content.strip() and language == "" and not given:
            return f"<code>{escape(text.strip())}</code>"
        return f"\n\n<pre><code{mark}>{escape(text)}</code></pre>\n\n"

    return handler
