"""Markdown files of other generators (Jekyll, Hugo, Pelican, Eleventy, Zola …): front matter and text become ours."""

from __future__ import annotations

import json
import posixpath
import re
from html import unescape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

import yaml

from tagwire import toml
from tagwire.intake import attachments, decode
from tagwire.intake.exports import address, body, dialects, titled, when
from tagwire.intake.exports.body import Body
from tagwire.intake.found import Attachment, Found, Refused
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from tagwire.intake.found import Asked
    from tagwire.model import When

_YAML: Final = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML: Final = re.compile(r"\s*\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_JSON: Final = re.compile(
    r"\s*(?:(?:---json|;;;)[ \t]*\n)?(\{[ \t]*\n?[ \t]*\"\w[\w-]*\"\s*:.*?^\})[ \t]*"
    r"(?:\n(?:(?:---|;;;)[ \t]*(?:\n|\Z))?|\Z)",
    re.DOTALL | re.MULTILINE,
)
"""Hugo's, alone; Eleventy's, between `---json` and `---`."""
_PELICAN: Final = re.compile(r"((?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)+)(?:\n|\Z)")
_NAME: Final = re.compile(r"(?:(\d{4}-\d{1,2}-\d{1,2})-)?(.*)\Z")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LARGEST = 1 << 16
"""Characters of front matter; libyaml recurses, and more is none."""
_KNOWN: Final = frozenset(
    """title date pubdate publishdate published created lastmod modified updated lastmodified lastmodifiedat author
    authors tags tag categories category keywords topics description summary excerpt subtitle slug draft status
    permalink url aliases alias redirectfrom image images cover coverimage featuredimage featuredimagepreview thumbnail
    featureimage banner header lang language locale id guid canonical canonicalurl taxonomies authornote""".split()
)
_PICTURE: Final = re.compile(r"(!\[[^\]]*\]\(\s*<?|<img\b[^>]*?\bsrc=[\"'])(?!\w+:|//|#|/)([^\s\"'()<>]+)")


def is_markdown(text: str, path: str) -> bool:
    """Whether a text is a Markdown file of a generator: by its front matter, or its name where there is none."""
    named = path.lower().endswith((".md", ".markdown", ".mdown", ".mkd"))
    fenced = _YAML.match(text) or _TOML.match(text)
    keyed = fenced and re.search(r"^\s*[\"']?[A-Za-z_][\w-]*[\"']?\s*[:=]", fenced[1], re.MULTILINE)
    return named or bool(keyed)


def read(text: str, path: str, asked: Asked, beside: Callable[[str], bytes | None]) -> Found | Refused:
    """What a Markdown file says; `beside` gives the bytes of a picture that it shows."""
    try:
        table, content = split(text)
    except (yaml.YAMLError, toml.Broken, RecursionError) as error:
        reason = str(getattr(error, "problem", None) or error).partition("\n")[0]
        message = f"its front matter can't be read: {reason}"
        return Refused((Problem(f"content/{path}", 1, 0, "export-broken", message, "mend it, and add the file again"),))
    said: dict[str, Any] = {name.lower().replace("-", "").replace("_", ""): value for name, value in table.items()}
    for inner in ("taxonomies", "header"):
        if isinstance(said.get(inner), dict):
            said = {**said[inner], **said}
    if path.lower().endswith((".html", ".htm")) or re.match(r"\s*<!-- buttondown-editor-mode: fancy -->", content):
        plain = dialects.mended(content)
        made = body.read(plain.markdown, asked, base="", title=_text(said, "title"), authors=_authors(said))
        left = plain.left  # what the body left is told with it
    else:
        mended = dialects.mended(re.sub(r"<!--\s*(?:buttondown-editor-mode:.*?|more|excerpt)\s*-->", "", content))
        made, left = _along(mended.markdown, beside), mended.left
    if not made.markdown and not _text(said, "title"):
        return decode.empty(path)
    return _found(said, made, left, path, asked)


def split(text: str) -> tuple[dict[str, Any], str]:
    """Front matter as a table of texts, lists and tables, and what stands below it."""
    if found := _YAML.match(text[:_LARGEST]):
        table = yaml.load(found[1], Loader=_LOADER)  # noqa: S506 - it makes texts only
        return table if isinstance(table, dict) else {}, text[found.end() :]
    if found := _TOML.match(text[:_LARGEST]):
        return dict(toml.read(found[1]).table), text[found.end() :]
    if found := _JSON.match(text[:_LARGEST]):
        try:
            table = json.loads(found[1])
        except (ValueError, RecursionError):
            table = {}
        return table, text[found.end() :] if table else text
    found = _PELICAN.match(text[:_LARGEST])
    if found and re.search(r"^(?:title|date|slug|tags|category):", found[1], re.IGNORECASE | re.MULTILINE):
        pairs = re.findall(r"^([A-Za-z][\w-]*):[ \t]*(.*(?:\n[ \t]+\S.*)*)", found[1], re.MULTILINE)
        return {name: " ".join(value.split()) for name, value in pairs}, text[found.end() :]
    return {}, text


def _found(said: dict[str, Any], made: Body, left: tuple[str, ...], path: str, asked: Asked) -> Found:
    stem = posixpath.splitext(posixpath.basename(path))[0]
    stem = posixpath.basename(posixpath.dirname(path)) if stem in ("index", "_index") else stem
    named = _NAME.match(stem)
    day, name = (named[1], named[2]) if named else (None, stem)
    published = _date(said, asked, "date", "pubdate", "publishdate", "published", "created")
    old = [_text(said, key) for key in ("permalink", "url")]
    old += [each for key in ("aliases", "alias", "redirectfrom") for each in _texts(said.get(key))]
    unknown = sorted(key for key in said if key not in _KNOWN and said[key] not in ("", None, [], {}))
    notes = (*left, *([f"front matter {', '.join(f'`{key}`' for key in unknown)}"] if unknown else []))
    aliases = (
        address.alias(each if "://" in each else f"/{each.lstrip('/')}", asked.site) for each in old if _fixed(each)
    )
    image = next((each for key in _IMAGES for each in [_picture(said.get(key))] if each), "")
    title = _text(said, "title")
    heading = re.match(r"\s*# +(.+?)[ \t#]*\n", made.markdown) if not title else None
    return titled.article(
        made,
        title_markup=(title or (heading[1] if heading else "")).replace("&", "&amp;").replace("<", "&lt;"),
        slug=_text(said, "slug") or name,
        authors=_authors(said),
        published=published or (when.parse(day, asked.timezone) if day else None),
        updated=_date(said, asked, "lastmod", "modified", "updated", "lastmodified", "lastmodifiedat"),
        lang=next((each for key in ("lang", "language", "locale") if (each := _text(said, key).replace("_", "-"))), ""),
        summary=next(
            (each for key in ("description", "summary", "excerpt", "subtitle") if (each := _text(said, key))), ""
        ),
        tags=_tags(said),
        canonical=_text(said, "canonical") or _text(said, "canonicalurl"),
        id=titled.identity(_text(said, "guid") or _text(said, "id")),
        draft=_is_draft(said) or "/_drafts/" in f"/{path}",  # where Jekyll keeps what isn't for readers yet
        aliases=tuple(dict.fromkeys(filter(None, aliases))),
        image=image,
        left=notes,
        author_note=made.author_note or _text(said, "authornote") or _told(said.get("authors", said.get("author"))),
    )


def _fixed(path: str) -> bool:
    """Whether an address is one, and no pattern such as `/:year/:title/`."""
    return bool(path) and not re.search(r"/:\w|\{", path)


_IMAGES: Final = (
    "image images cover coverimage featuredimage featureimage featuredimagepreview thumbnail banner teaser".split()
)


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    return " ".join(str(value).split()) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def _texts(value: object) -> list[str]:
    if isinstance(value, (list, tuple)):
        return [str(each).strip() for each in value if isinstance(each, (str, int, float)) and str(each).strip()]
    return [value.strip()] if isinstance(value, str) and value.strip() else []


def _people(value: object) -> list[str]:
    if isinstance(value, dict):
        return [str(value["name"])] if value.get("name") else []
    if isinstance(value, list):
        return [name for each in value for name in _people(each)]
    return [part.strip() for part in re.split(r"[;,]", value) if part.strip()] if isinstance(value, str) else []


def _authors(said: dict[str, Any]) -> tuple[str, ...]:
    return tuple(_people(said.get("authors", said.get("author"))))


def _told(people: object) -> str:
    """What a table of one author says of them."""
    only = people[0] if isinstance(people, list) and len(people) == 1 else people
    return _text({key.lower(): value for key, value in only.items()}, "bio") if isinstance(only, dict) else ""


def _tags(said: dict[str, Any]) -> tuple[str, ...]:
    found: list[str] = []
    for key in ("categories", "category", "topics", "tags", "tag", "keywords"):
        value = said.get(key)
        plain = isinstance(value, str) and "," in value
        found += [part.strip() for part in value.split(",")] if isinstance(value, str) and plain else _texts(value)
    return tuple(dict.fromkeys(tag for tag in found if tag and tag.lower() not in ("post", "posts", "all")))


def _picture(value: object) -> str:
    if isinstance(value, dict):
        return next(
            (
                each
                for key in ("path", "url", "src", "image", "feature", "teaser")
                if (each := _picture(value.get(key)))
            ),
            "",
        )
    found = next(iter(_texts(value)), "")
    return found if re.match(r"https?://\S+\Z|/\S+\Z", found) else ""


def _is_draft(said: dict[str, Any]) -> bool:
    flags = {key: str(said.get(key, "")).lower() for key in ("draft", "published", "status")}
    return (
        flags["draft"] in ("true", "yes", "1")
        or flags["published"] in ("false", "no")
        or flags["status"] in ("draft", "hidden", "private")
    )


def _date(said: dict[str, Any], asked: Asked, *names: str) -> When | None:
    for name in names:
        text = str(said.get(name) or "")  # TOML's own dates too
        if found := when.parse(text, asked.timezone):
            return found
    return None


def _along(markdown: str, beside: Callable[[str], bytes | None]) -> Body:
    """The text with the pictures that lie beside it."""
    taken: dict[str, bytes] = {}
    known: dict[str, str] = {}

    def replaced(found: re.Match[str]) -> str:
        target = unquote(found[2])
        if target not in known:
            data = beside(target)
            if data is None:
                return found[0]
            known[target] = attachments.name(target, taken)
            taken[known[target]] = data
        return f"{found[1]}attachment:{known[target]}"

    text = _PICTURE.sub(replaced, markdown)
    bare = re.sub(
        r"^```.*?^```|^\s*[#>|]+ ?|[*_`]|!?\[([^\]]*)\]\([^)]*\)", r"\1", text, flags=re.MULTILINE | re.DOTALL
    )
    plain = unescape(re.sub(r"<[^<>]+>", "", bare))
    return Body(text, plain.strip(), (), tuple(Attachment(name, data) for name, data in sorted(taken.items())))
