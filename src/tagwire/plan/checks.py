"""What can be wrong with the site as a whole though every file is right: collisions, doubles, dead links."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from tagwire import names
from tagwire.model import Head
from tagwire.plan.identity import identity
from tagwire.problems import Problem, closest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagwire.model import Article, Config, Meta, Place
    from tagwire.plan.catalogue import Catalogue
    from tagwire.plan.routes import Routes
    from tagwire.problems import Severity


def doubles(articles: Iterable[Article], config: Config) -> Iterator[Problem]:
    """Two articles with one id, or two content files with one address. Drafts count: they are to come."""
    articles = tuple(articles)
    if _are_single([article.meta for article in articles]):
        return
    ids: dict[str, Meta] = {}
    addresses: dict[str, Meta] = {}
    for article in articles:
        meta = article.meta
        other = addresses.setdefault(names.folded(meta.address), meta)
        if other is not meta:
            message = f"`{meta.address}` is the address of {other.path} too"
            yield _at(meta, ("slug", "title"), "address-taken", message, "give one of them another `slug`")
        if isinstance(meta, Head):
            first = ids.setdefault(identity(meta, config), meta)
            if first is not meta and other is meta:
                message = f"{first.path} has the same id"
                hint = "a copied article needs an id of its own: delete the line `id` in the newer one"
                yield _at(meta, ("id", "title"), "id-taken", message, hint)


def _are_single(metas: list[Meta]) -> bool:
    """Whether no two share an address or an id. Ids that are made of addresses begin with `tag:`."""
    own = [meta.id for meta in metas if isinstance(meta, Head) and meta.id]
    addresses = {names.folded(meta.address) for meta in metas}
    return len(addresses) == len(metas) and len(set(own)) == len(own) and not any(id_[:4] == "tag:" for id_ in own)


def dead_links(articles: Iterable[Article], routes: Routes, shown: Iterable[str]) -> Iterator[Problem]:
    """Links to Markdown files that aren't there, and (warnings) to those whose page isn't public now.

    `shown` are the addresses that are. A page that is not due yet or expired must not stop the whole site.
    """
    known = [path for path in routes.sources if names.is_markdown(path)]
    public = set(shown)
    for article in articles:
        for place in article.crossings:
            found = routes.target(place.key, article.meta)
            if routes.dead(place.key, article.meta):
                yield _of_link(
                    article.meta,
                    place,
                    "link-dead",
                    "no article at",
                    _nearest(place.key, article.meta.path, known),
                    "error",
                )
            elif found and found[0] not in public:
                hint = "it is a draft, not due yet, or expired; until it is shown this link leads nowhere"
                yield _of_link(article.meta, place, "link-hidden", "no public page for", hint, "warning")


def _of_link(meta: Meta, place: Place, code: str, what: str, hint: str, severity: Severity) -> Problem:
    message, width = f"{what} `{place.key}`", len(place.key)
    return Problem(meta.path, place.line, place.column, code, message, hint, place.excerpt, width, severity)


def _nearest(link: str, here: str, known: list[str]) -> str:
    import difflib  # noqa: PLC0415 - nearly all builds are without dead links

    last = {path.rpartition("/")[2]: path for path in known}
    near = difflib.get_close_matches(link.rpartition("/")[2].lower(), last, n=1, cutoff=0.7)
    if not near:
        return "a link to an article is the path to its file, from this file"
    return f"did you mean `{posixpath.relpath(last[near[0]], posixpath.dirname(here))}`?"


def unknown_tags(catalogue: Catalogue) -> Iterator[Problem]:
    """Tags that a view names and no article has: mostly a slip of the pen, and then the view's feed stays empty."""
    known = {topic.slug for topic, _ in catalogue.topics if topic.kind == "tag"}
    for view in catalogue.config.views:
        for tag in (*view.all, *view.any, *view.none):
            if tag not in known:
                message = f"the view `{view.name}` names a tag that no article has: `{tag}`"
                yield Problem(
                    catalogue.config.source, 0, 0, "view-tag-unknown", message, closest(tag, known), severity="warning"
                )


def missing_images(articles: Iterable[Article], routes: Routes, assets: Iterable[str]) -> Iterator[Problem]:
    """Lead pictures that aren't there: feeds and pages go without, so it is a warning."""
    there = set(assets)
    for article in articles:
        meta = article.meta
        found = routes.target(meta.image, meta) if meta.image else None
        if found and found[0] not in there:
            message = f"no picture at `{meta.image}`"
            yield _at(
                meta, ("image",), "image-missing", message, "put it beside the article, or mend the path", "warning"
            )


def missing_recordings(articles: Iterable[Article], routes: Routes, assets: Iterable[str]) -> Iterator[Problem]:
    """Recordings that aren't there: an episode without its sound is worth nothing."""
    there = set(assets)
    for article in articles:
        meta = article.meta
        recording = meta.enclosure.link if isinstance(meta, Head) and meta.enclosure else ""
        found = routes.target(recording, meta) if recording else None
        if found and found[0] not in there:
            hint = "put it beside the article, or mend the path"
            yield _at(meta, ("enclosure",), "enclosure-missing", f"no recording at `{recording}`", hint)


def missing_translations(articles: Iterable[Article], routes: Routes) -> Iterator[Problem]:
    """Translations that aren't there: the link would lead nowhere."""
    for article in articles:
        meta = article.meta
        for _, link in meta.translations:
            if routes.dead(link, meta):
                known = [path for path in routes.sources if names.is_markdown(path)]
                hint = _nearest(link, meta.path, known)
                yield _at(meta, ("translations",), "link-dead", f"no article at `{link}`", hint)


def collisions(outputs: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Two outputs on one path, or a file where another needs a folder. An output is (path in site/, where it is from).

    Letters count as one whatever their case and composition: macOS and Windows keep one file of the two.
    """
    taken: dict[str, str] = {".tagwire-manifest": "Tagwire itself"}
    folders: dict[str, str] = {}
    for path, origin in outputs:
        folded = names.folded(path)
        above = _above(folded)
        if folded in taken or folded in folders or not taken.keys().isdisjoint(above):
            rivals = [taken.get(folded), folders.get(folded), *(taken.get(folder) for folder in above)]
            yield _collision(path, origin, next(rival for rival in rivals if rival))
        taken.setdefault(folded, origin)
        for folder in above:
            folders.setdefault(folder, origin)


def are_apart(paths: Iterable[str]) -> bool:
    """Whether `collisions` finds nothing: told of all paths at once."""
    folded = [".tagwire-manifest", *map(names.folded, paths)]
    files = set(folded)
    folders = {path[: path.rfind("/")] for path in folded if "/" in path}
    above = {folder for each in folders for folder in (each, *_above(each))}
    return len(files) == len(folded) and files.isdisjoint(above)


def _above(path: str) -> list[str]:
    """The folders that a path lies in; asked of every output, so letters are not looked at one by one."""
    found, at = [], path.find("/")
    while at >= 0:
        found.append(path[:at])
        at = path.find("/", at + 1)
    return found


_OWN = {
    "corrections": "the list of all corrections",
    "subscribe": "the page with all feeds",
    "search": "the page to search the site",
    "archive": "the archive by year and month",
    "follow": "the page beside the site's feeds",
}


def _collision(path: str, origin: str, other: str) -> Problem:
    hint, top = "rename one of them, or give it another `slug`", path.partition("/")[0]
    if top in _OWN and path == f"{top}/index.html":
        hint = f"`/{top}/` is {_OWN[top]}: give your own page another name"
    return Problem(origin, 0, 0, "output-taken", f"`site/{path}` is made from {other} too", hint)


def _at(meta: Meta, keys: tuple[str, ...], code: str, message: str, hint: str, severity: Severity = "error") -> Problem:
    """A problem of a content file, on the line of the first of `keys` that it has."""
    places = {place.key: place for place in meta.places}
    place = next((places[key] for key in keys if key in places), None)
    if place is None:
        return Problem(meta.path, 0, 0, code, message, hint, severity=severity)
    return Problem(meta.path, place.line, place.column, code, message, hint, place.excerpt, len(place.key), severity)
