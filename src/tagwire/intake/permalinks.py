"""At which address another generator put an article: by its settings, the file's place and its front matter.

What can't be computed beyond doubt (a token that we don't know, a title that the program would transliterate) is
empty: a guessed address helps nobody. The rules: https://gohugo.io/content-management/urls/,
https://jekyllrb.com/docs/permalinks/, https://docs.getpelican.com/en/latest/settings.html#url-settings,
https://www.11ty.dev/docs/permalinks/
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import yaml

from tagwire import toml
from tagwire.intake.exports import generators

if TYPE_CHECKING:
    from collections.abc import Callable

_DAY: Final = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?!\d)")
_DATED: Final = re.compile(r"(\d{4}-\d\d?-\d\d?)-(.+)")


@dataclass(frozen=True, slots=True)
class _Text:
    """A file of the old site, as its program saw it."""

    folders: tuple[str, ...]
    """Below the folder of contents."""
    name: str
    """Of the file, without ending; of its folder, where the file is its `index`."""
    said: Mapping[str, Any]
    """Front matter, keys in small letters."""
    settings: Mapping[str, Any]

    def get(self, *keys: str) -> str:
        """The first that is said, as text."""
        found = (self.said.get(key) for key in keys)
        return next((str(value) for value in found if value not in (None, "", [], {})), "")

    def day(self) -> dt.date | None:
        """As the file says it, in its own zone; else by its name."""
        found = _DAY.match(self.get("date", "publishdate", "pubdate", "published")) or _DAY.match(self.name)
        try:
            return dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
        except ValueError:
            return None

    def plain(self) -> str:
        """The name without a day in front."""
        found = _DATED.fullmatch(self.name)
        return found[2] if found else self.name


def address(kind: str, settings: Mapping[str, Any], path: str, text: str) -> str:
    """The path of the page below the old site's root, such as `/2024/01/ferry/`; empty if it can't be told.

    `path` of the file is below the folder of contents.
    """
    if kind not in _PROGRAMS:
        return ""
    try:
        table, _ = generators.split(text)
    except (yaml.YAMLError, toml.Broken, RecursionError):
        return ""
    stem, _ = posixpath.splitext(path.strip("/"))
    *folders, name = stem.split("/")
    if name == "index" and folders:
        name = folders.pop()
    said = {str(key).lower(): value for key, value in table.items()}
    found = _PROGRAMS[kind](_Text(tuple(folders), name, said, settings))
    found = re.sub("/{2,}", "/", f"/{found}") if found else ""
    return "" if re.search(r"[\s\\?#%{}:\x00-\x1f]|/\.", found) or found == "/" else found


def _filled(pattern: str, token: re.Pattern[str], values: Callable[[str], str]) -> str:
    """The pattern with all tokens replaced; empty if one is unknown, or empty."""
    found = {match[0]: values(match[1]) for match in token.finditer(pattern)}
    return token.sub(lambda match: found[match[0]], pattern) if all(found.values()) else ""


def _dated(day: dt.date | None) -> dict[str, str]:
    if day is None:
        return {}
    return {"year": f"{day:%Y}", "month": f"{day:%m}", "day": f"{day:%d}"}


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


# ------------------------------------------------------------------ Hugo


def _hugo(text: _Text) -> str:
    own = text.get("url")
    if "." in text.name or text.settings.get("disablepathtolower") or text.settings.get("languages"):
        return ""  # `ferry.fr.md` is a translation; each language may have addresses of its own
    ending = ".html" if text.settings.get("uglyurls") else "/"
    section = text.folders[0] if text.folders else ""
    given = _table(text.settings.get("permalinks"))
    pattern = own or _table(given.get("page")).get(section) or given.get(section)
    slug = _hugo_path(text.get("slug") or text.name)
    if isinstance(pattern, str):
        found = _filled(pattern, re.compile(r":(\w+)"), lambda name: _hugo_value(text, name))
        return found if own or ending == "/" or not found else f"{found.rstrip('/')}.html"
    folders = [_hugo_path(folder) for folder in text.folders]
    return f"{'/'.join([*folders, slug])}{ending}" if slug and all(folders) else ""


def _hugo_value(text: _Text, name: str) -> str:
    day = text.day()
    known = _dated(day)
    if day:
        known |= {"yearday": str(day.timetuple().tm_yday)}
    title, slug = _hugo_path(text.get("title")), _hugo_path(text.get("slug"))
    file = _hugo_path(text.name)
    known |= {
        "section": _hugo_path("/".join(text.folders[:1])), "sections": "/".join(map(_hugo_path, text.folders)),
        "title": title, "slug": slug or title, "filename": file, "contentbasename": file,
        "slugorfilename": slug or file, "slugorcontentbasename": slug or file,
    }  # fmt: skip
    return known.get(name, "")


def _hugo_path(name: str) -> str:
    """As Hugo writes a name into an address; empty where what it does depends on more."""
    if re.search(r"[/\\#+~%@]", name):
        return ""
    spaced = re.sub(r"\s+", " ", name.strip())
    kept = "".join(char for char in spaced if char in " ._-" or unicodedata.category(char)[0] in "LM" or char.isdigit())
    return re.sub(" +", "-", kept.strip()).lower()


# ------------------------------------------------------------------ Jekyll

_STYLES: Final = {
    "date": "/:categories/:year/:month/:day/:title.html", "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html", "none": "/:categories/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
}  # fmt: skip


def _jekyll(text: _Text) -> str:
    collections = _table(_table(text.settings.get("collections")).get("posts"))
    pattern = text.get("permalink") or _default(text) or collections.get("permalink") or text.settings.get("permalink")
    pattern = "date" if pattern is None else pattern
    if not isinstance(pattern, str) or text.folders:
        return ""
    pattern = _STYLES.get(pattern, pattern).replace(":output_ext", ".html")
    if not text.get("categories", "category"):
        pattern = pattern.replace(":categories", "")
    return _filled(pattern, re.compile(r":([a-z_]+)"), lambda name: _jekyll_value(text, name))


def _default(text: _Text) -> str:
    """The `permalink` that the front matter of all posts has by the settings."""
    found = ""
    defaults = text.settings.get("defaults")
    for each in defaults if isinstance(defaults, list) else ():
        scope, values = _table(_table(each).get("scope")), _table(_table(each).get("values"))
        if scope.get("type", "posts") == "posts" and scope.get("path") in ("", None, "_posts"):
            found = str(values.get("permalink") or found)
    return found


def _jekyll_value(text: _Text, name: str) -> str:
    day = text.day()
    known = _dated(day)
    if day:
        known |= {
            "i_month": str(day.month), "i_day": str(day.day), "short_year": f"{day:%y}", "y_day": f"{day:%j}",
            "short_day": _WEEKDAYS[day.weekday()], "short_month": _MONTHS[day.month - 1],
            "week": f"{day.isocalendar().week:02}", "w_year": str(day.isocalendar().year),
        }  # fmt: skip
    title = text.get("slug") or text.plain()
    categories = text.said.get("categories") or text.said.get("category")
    if isinstance(categories, str):
        categories = categories.split() if text.said.get("categories") else [categories]
    known |= {
        "title": re.sub(r"[^\w.~!$&'()+,;=@-]+", "-", title).strip("-"),
        "slug": re.sub(r"[\W_]+", "-", title).strip("-").lower(),
        "categories": "/".join(str(each).lower() for each in categories or ()),
    }
    return known.get(name, "")


_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


# ------------------------------------------------------------------ Pelican


def _pelican(text: _Text) -> str:
    pattern = text.get("url", "save_as")
    if not pattern:
        pattern = text.settings.get("article_url", text.settings.get("article_save_as", "{slug}.html"))
    if not isinstance(pattern, str):  # Python that computes it
        return ""
    return _filled(pattern, re.compile(r"\{([^{}]*)\}"), lambda name: _pelican_value(text, name)).removesuffix(
        "index.html"
    )


def _pelican_value(text: _Text, name: str) -> str:
    if {"slug_regex_substitutions", "slug_substitutions", "filename_metadata", "path_metadata"} & text.settings.keys():
        return ""
    day = text.day()
    if name.startswith("date:"):
        known = _dated(day)
        return re.sub(r"%([Ymd])", lambda found: known.get(_PELICAN_DATES[found[1]], ""), name[5:]) if known else ""
    source = text.name if text.settings.get("slugify_source") == "basename" else text.get("title")
    folder = "/".join(text.folders[-1:]) if text.settings.get("use_folder_as_category", True) else ""
    category = text.get("category") or folder or str(text.settings.get("default_category", "misc"))
    known = {
        "slug": text.get("slug") or _pelican_slug(source),
        "category": _pelican_slug(category),
        "lang": text.get("lang") or str(text.settings.get("default_lang", "en")),
    }
    return known.get(name, "")


_PELICAN_DATES: Final = {"Y": "year", "m": "month", "d": "day"}


def _pelican_slug(text: str) -> str:
    """Letters of other scripts are transliterated by a library's tables: those we don't guess."""
    plain = text if text.isascii() else ""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip()).lower()


# ------------------------------------------------------------------ Eleventy


def _eleventy(text: _Text) -> str:
    if own := text.get("permalink"):
        return "" if own in ("False", "false") else own
    return f"{'/'.join([*text.folders, text.plain()])}/"


_PROGRAMS: Final[dict[str, Callable[[_Text], str]]] = {
    "hugo": _hugo, "jekyll": _jekyll, "pelican": _pelican, "eleventy": _eleventy,
}  # fmt: skip
