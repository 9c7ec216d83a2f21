"""Articles and settings become the whole plan of `site/`: every page, feed and file, each fully decided.

Pure: no HTML, no XML but the sitemap's, no file is read, and the only clock is the `Clock` that is handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tagwire import names, views
from tagwire.plan import channels, checks, files, pages
from tagwire.plan.catalogue import gather, window
from tagwire.plan.routes import Routes
from tagwire.problems import Problem, has_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagwire.model import Article, Clock, Config, Copy, Feed, File, Page, Text

__all__ = ["Plan", "lay_out", "window"]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that will exist in `site/`."""

    pages: tuple[tuple[Page, views.Site], ...]
    feeds: tuple[Feed, ...]
    texts: tuple[Text, ...]
    copies: tuple[Copy, ...]


def lay_out(
    articles: tuple[Article, ...], assets: tuple[File, ...], config: Config, clock: Clock
) -> tuple[Plan | None, tuple[Problem, ...]]:
    """The plan, and what is wrong with it; no plan if anything is an error.

    `articles` are all content files, drafts and future ones too; `assets` all other files of content and theme.
    """
    by_address = {files.asset_address(file.path): file for file in assets}
    catalogue = gather(articles, config, clock)
    shown = [*(post.article for post in catalogue.posts), *catalogue.pages]
    sources = {file.path: files.asset_address(file.path) for file in assets}
    routes = Routes(config, sources | {article.meta.path: article.meta.address for article in articles})
    problems = [
        *checks.doubles(articles, config),
        *checks.dead_links(shown, routes, [article.meta.address for article in shown]),
        *checks.missing_images(shown, routes, by_address),
        *checks.unknown_tags(catalogue),
    ]
    if has_errors(problems):
        return None, tuple(problems)
    plan = Plan(
        tuple(pages.all_pages(catalogue, routes)),
        tuple(channels.all_feeds(catalogue, routes, by_address)),
        tuple(files.texts(catalogue, routes, by_address)),
        tuple(files.copies(by_address)),
    )
    problems += checks.collisions(_outputs(plan, assets, shown))
    return (None if has_errors(problems) else plan), tuple(problems)


def _outputs(plan: Plan, assets: tuple[File, ...], shown: list[Article]) -> Iterator[tuple[str, str]]:
    """Each output's path, and the file that an owner would look into. Owners' files come last: they can be renamed."""
    yield from ((text.path, "Tagwire itself") for text in plan.texts)
    yield from ((feed.path, "a feed of the site") for feed in plan.feeds)
    own = {names.output_path(article.meta.address): article.meta.path for article in shown}
    old = {names.output_path(alias): article.meta.path for article in shown for alias in article.meta.aliases}
    made = [(page.path, _origin(page, own, old)) for page, _ in plan.pages]
    yield from sorted(made, key=lambda output: output[1] != _LIST)
    yield from ((files.asset_address(file.path), file.path) for file in assets)


_LIST = "a list of the site"


def _origin(page: Page, own: dict[str, str], old: dict[str, str]) -> str:
    match page.view:
        case views.Story() | views.Standing():
            return own[page.path]
        case views.Moved():
            return old[page.path]
        case _:
            return _LIST
