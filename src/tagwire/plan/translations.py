"""Which texts are one in several languages. Who names one of them names all: the way back need not be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from dataclasses import dataclass

    from tagwire.model import Meta
    from tagwire.plan.routes import Routes
else:
    from tagwire.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Version:
    """A text in one language."""

    lang: str
    title: str
    """Empty where it is on another site."""
    address: str
    """Of a page of this site …"""
    url: str = ""
    """… or an absolute URL elsewhere."""


def versions(shown: Iterable[Meta], routes: Routes) -> dict[str, tuple[Version, ...]]:
    """By path: the text itself and its translations, by language. Texts without any are left out."""
    metas = list(shown)
    if not any(meta.translations for meta in metas):
        return {}
    by_address = {meta.address: meta for meta in metas}
    groups: dict[str, dict[str, Version]] = {}
    for meta in metas:
        if meta.translations:
            _join(meta, by_address, groups, routes)
    found = {address: tuple(sorted(group.values(), key=_order)) for address, group in groups.items()}
    return {by_address[address].path: group for address, group in found.items() if len(group) > 1}


def _join(meta: Meta, by_address: dict[str, Meta], groups: dict[str, dict[str, Version]], routes: Routes) -> None:
    """Puts a text, what it names, and all that they were joined with before, into one group."""
    members = {meta.address: Version(meta.lang, meta.title, meta.address)}
    for lang, link in meta.translations:
        target = routes.target(link, meta)
        there = by_address.get(target[0]) if target else None
        if there:
            members[there.address] = Version(there.lang, there.title, there.address)
        elif not target:
            members[link] = Version(lang, "", "", link)
    joined: dict[str, Version] = {}
    for name in members:
        joined |= groups.get(name, {})
    joined |= members
    for name, version in joined.items():
        if not version.url:
            groups[name] = joined


def _order(version: Version) -> tuple[str, str, str]:
    return version.lang, version.address, version.url
