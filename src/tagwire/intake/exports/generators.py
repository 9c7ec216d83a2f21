"""Markdown files of other generators (Jekyll, Hugo, Pelican, Eleventy, Zola …): front matter and text become ours."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import yaml

from tagwire import toml
from tagwire.intake import decode
from tagwire.intake.exports import address, body, dialects, place, shown, titled, when
from tagwire.intake.found import Found, Refused
from tagwire.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from tagwire.intake.exports.body import Body
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
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
UNREADABLE: Final = (yaml.YAMLError, toml.Broken, RecursionError)
"""What `split` raises where front matter is none."""
_LARGEST = 1 << 16
"""Characters of front matter; libyaml recurses, and more is none."""
_KNOWN: Final = frozenset(
    """title date pubdate publishdate published created lastmod modified updated lastmodified lastmodifiedat author
    authors tags tag categories category keywords topics description summary excerpt subtitle slug draft status
    permalink url aliases alias redirectfrom image images cover coverimage featuredimage featuredimagepreview thumbnail
    featureimage banner header teaser lang language locale id guid canonical canonicalurl taxonomies authornote
    expirydate unpublishdate expires expiry series""".split()
)


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
    except UNREADABLE as error:
        reason = str(getattr(error, "problem", None) or error).partition("\n")[0]
        message = f"its front matter can't be read: {reason}"
        return Refused((Problem(f"content/{path}", 1, 0, "export-broken", message, "mend it, and add the file again"),))
    said: dict[str, Any] = {name.lower().replace("-", "").replace("_", ""): value for name, value in table.items()}
    for inner in ("taxonomies", "header"):
        if isinstance(said.get(inner), dict):
            said = {**said[inner], **said}
    spot = place.of(path)
    head, mark, _ = content.partition(_text(said, "excerptseparator") or "<!--more-->")
    if path.lower().endswith((".html", ".htm")) or re.match(r"\s*<!-- buttondown-editor-mode: fancy -->", content):
        mended = dialects.mended(content)
        html = body.read(mended.markdown, asked, base="", title=_text(said, "title"), authors=_authors(said))
        along = shown.along(html.markdown, beside)
        made = replace(html, markdown=along.markdown, attachments=along.attachments)
    else:
        mended = dialects.mended(re.sub(r"<!--\s*(?:buttondown-editor-mode:.*?|more|excerpt)\s*-->", "", content))
        made = shown.along(mended.markdown, beside)
    if not made.markdown and not _text(said, "title"):
        return decode.empty(path)
    said["excerpt"] = said.get("excerpt") or _excerpt(head if mark else "")
    picture = next(filter(None, (_picture(said.get(key)) for key in _IMAGES)), "")
    image, files, lost = shown.lead(picture, made, beside)
    made = replace(made, attachments=files)
    return _found(said, made, (*mended.left, *lost), image, spot, asked)


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


_LONGEST_EXCERPT = 400
"""Characters of the text above `<!--more-->`, up to which that is a summary."""


def _excerpt(head: str) -> str:
    text = " ".join(shown.plain(dialects.mended(head).markdown).split()) if head.strip() else ""
    return text if len(text) <= _LONGEST_EXCERPT else ""


def _found(
    said: dict[str, Any], made: Body, left: tuple[str, ...], image: str, spot: place.Place, asked: Asked
) -> Found:
    unknown = sorted(key for key in said if key not in _KNOWN and said[key] not in ("", None, [], {}))
    series = _texts(said.get("series"))
    unknown += ["series"] if len(series) > 1 else []
    notes = (*left, *([f"front matter {', '.join(f'`{key}`' for key in unknown)}"] if unknown else []))
    title = _text(said, "title")
    heading = re.match(r"\s*# +(.+?)[ \t#]*\n", made.markdown) if not title else None
    return titled.article(
        made,
        title_markup=(title or (heading[1] if heading else "")).replace("&", "&amp;").replace("<", "&lt;"),
        slug=_text(said, "slug") or spot.name,
        authors=_authors(said),
        published=_published(said, spot, asked),
        updated=_date(said, asked, "lastmod", "modified", "updated", "lastmodified", "lastmodifiedat"),
        lang=next(
            (each for key in ("lang", "language", "locale") if (each := _text(said, key).replace("_", "-"))), spot.lang
        ),
        summary=next(
            (each for key in ("description", "summary", "subtitle", "excerpt") if (each := _text(said, key))), ""
        ),
        tags=_tags(said, spot),
        canonical=_text(said, "canonical") or _text(said, "canonicalurl"),
        id=titled.identity(_text(said, "guid") or _text(said, "id")),
        draft=_is_draft(said) or spot.draft,
        aliases=_aliases(said, asked),
        image=image,
        left=notes,
        author_note=made.author_note or _text(said, "authornote") or _told(said.get("authors", said.get("author"))),
        expires=_date(said, asked, "expirydate", "unpublishdate", "expires", "expiry"),
        series=series[0] if len(series) == 1 else "",
    )


def _published(said: dict[str, Any], spot: place.Place, asked: Asked) -> When | None:
    published = _date(said, asked, "date", "pubdate", "publishdate", "published", "created")
    later = _date(said, asked, "publishdate")  # when Hugo shows it, whatever its date
    published = later if published and later and later.at > published.at else published
    return published or (when.parse(spot.day, asked.timezone) if spot.day else None)


def _aliases(said: dict[str, Any], asked: Asked) -> tuple[str, ...]:
    old = [_text(said, key) for key in ("permalink", "url")]
    old += [each for key in ("aliases", "alias", "redirectfrom") for each in _texts(said.get(key))]
    found = (
        address.alias(each if "://" in each else f"/{each.lstrip('/')}", asked.site) for each in old if _fixed(each)
    )
    return tuple(dict.fromkeys(filter(None, found)))


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


def _tags(said: dict[str, Any], spot: place.Place) -> tuple[str, ...]:
    found: list[str] = [*spot.categories]
    for key in ("categories", "category", "topics", "tags", "tag", "keywords"):
        value = said.get(key)
        if isinstance(value, str) and ("," in value or (spot.jekyll and key in ("categories", "tags"))):
            found += [part.strip() for part in (value.split(",") if "," in value else value.split())]
        else:
            found += _texts(value)
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
    return (
        found if re.search(r"(?:\A(?:https?:/)?/\S+|\.(?:jpe?g|png|gif|webp|avif|svg))\Z", found, re.IGNORECASE) else ""
    )


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
